import { applyQuestionnaire } from '../../questionnaire/apply-questionnaire.ts';
import type { Behaviour } from '../behaviour.ts';
import type { Learner, QuestionnaireData, StoredProfile } from '../stored-profile.ts';
import { applyLearner, applyUpdate, type ProfileChanges } from './update-profile.ts';

/** Both shapes of `POST /profile` in one: what is given is changed, what is absent stays. */
export type UpsertInput = ProfileChanges & Partial<Learner> & { questionnaireData?: QuestionnaireData };

const LEARNER_FIELDS = [
  'age',
  'learningStyle',
  'experienceLevel',
  'preferredPace',
  'interests',
  'careerGoals',
  'learningObjectives',
] as const satisfies readonly (keyof Learner)[];

/** Applies the learner's fields, the questionnaire's answers and the plain changes. Throws `Invalid`. */
export const upsertedProfile =
  (input: UpsertInput, now: number) =>
  (profile: StoredProfile, _behaviour: Behaviour): StoredProfile => {
    const updated = applyUpdate(profile, input, now);
    const learner = Object.fromEntries(LEARNER_FIELDS.map((field) => [field, input[field]]));
    const isLearner = LEARNER_FIELDS.some((field) => input[field] !== undefined);
    const withLearner = isLearner ? applyLearner(updated, learner, now) : updated;
    return input.questionnaireData
      ? applyQuestionnaire(withLearner, input.questionnaireData, now)
      : withLearner;
  };
