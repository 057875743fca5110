import type { Goal } from '../goals/goal.ts';

export type PrivacyLevel = 'strict' | 'standard' | 'permissive';

export type Privacy = {
  level: PrivacyLevel;
  consents: { analytics: boolean; personalization: boolean; ai: boolean };
  optOut: boolean;
};

/** What a learning platform tells about its learner. */
export type Learner = {
  age?: number;
  learningStyle?: string;
  experienceLevel?: string;
  preferredPace?: string;
  interests: string[];
  careerGoals: string[];
  learningObjectives: string[];
};

/** The answers of the film questionnaire, field names as in the HTTP contract. */
export type QuestionnaireData = {
  timeline?: string;
  personal_meaning?: string[];
  project_for?: string;
  format?: string;
  materials?: string[];
  excited_parts?: string[];
  involvement?: string;
  start_timing?: string;
  budget?: string | number | { min?: number; max?: number };
  logline?: string;
  description?: string;
  want_consult?: boolean | string;
};

export type Questionnaire = {
  data: QuestionnaireData;
  /** 0-100: how complete, clear and firm it is (core/questionnaire/score.ts). */
  score: number;
  answeredAt: number;
};

/** What is said about a user, by themselves or by the application; changes rarely. Times are ms since the epoch. */
export type StoredProfile = {
  userId: string;
  email?: string;
  attributes: Record<string, unknown>;
  preferences: Record<string, unknown>;
  questionnaire?: Questionnaire;
  learner?: Learner;
  marketFocus: string[];
  goals: Goal[];
  privacy: Privacy;
  /** IANA name, e.g. `Europe/Berlin`. */
  timezone?: string;
  version: number;
  createdAt: number;
  updatedAt: number;
};

/** Everything on but what nobody asked for: a user starts at `standard`, with every consent given until withdrawn. */
export const defaultPrivacy = (): Privacy => ({
  level: 'standard',
  consents: { analytics: true, personalization: true, ai: true },
  optOut: false,
});

/** A profile about which nothing is known. `version` 0 means: not stored yet. */
export const newProfile = (userId: string, now: number): StoredProfile => ({
  userId,
  attributes: {},
  preferences: {},
  marketFocus: [],
  goals: [],
  privacy: defaultPrivacy(),
  version: 0,
  createdAt: now,
  updatedAt: now,
});

/** False after an opt-out, at the strict level, or without consent: nothing about the user may then be read or learned. */
export const allowsPersonalisation = (profile: Pick<StoredProfile, 'privacy'>): boolean =>
  !profile.privacy.optOut && profile.privacy.level !== 'strict' && profile.privacy.consents.personalization;
