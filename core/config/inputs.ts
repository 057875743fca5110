import type { StickyAssignments } from '../experiments/types.ts';
import type { SkillLevel } from '../profile/view/skill-level.ts';
import type { Segment } from '../segments/segments-of.ts';
import type { StatedConfig } from './defaults/stated-config.ts';

/** Who asks for a config, where. */
export type ConfigAsk = {
  readonly userId: string;
  /** Any word: `dashboard`, `settings`, ... */
  readonly context: string;
  /** Kind of device. */
  readonly device?: string;
  readonly locale?: string;
  /** What the application knows at this moment; goes over the profile's attributes. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** ms since the epoch */
  readonly now: number;
};

/** What the defaults are decided from: numbers and words, percents are whole. */
export type ConfigFacts = {
  readonly interactions: number;
  readonly skill: SkillLevel;
  /** Surest first. */
  readonly segments: readonly Segment[];
  /** Use between 20 and 6 o'clock on the user's clock. */
  readonly nightPercent: number;
  /** The most used device, its share in percent and the interactions that named one; absent where none did. */
  readonly device?: readonly [device: string, percent: number, counted: number];
  /** By recency-weighted use, strongest first, at most 48 (only declared ones where any are declared). */
  readonly features: readonly (readonly [feature: string, count: number])[];
  /** How many declared features of the tiers beginner, intermediate and advanced are adopted. */
  readonly adopted: readonly [beginner: number, intermediate: number, advanced: number];
  /** Kinds of content that work for this user: `[contentType, score in percent, evidence]`, best first. */
  readonly contentTypes: readonly (readonly [contentType: string, percent: number, evidence: number])[];
  readonly stated: StatedConfig;
};

/**
 * Everything that a config is decided from, besides the sets of rules, experiments and features, which are named by their
 * versions. The same inputs and sets give the same decision: what a trace keeps and explains.
 */
export type ConfigInputs = {
  readonly userId: string;
  readonly context: string;
  /** ms since the epoch */
  readonly now: number;
  /** IANA name */
  readonly timezone: string;
  readonly device: string | null;
  readonly locale: string | null;
  /** False where consent forbids to read anything about the user: everything below is then empty. */
  readonly personalised: boolean;
  /** False: no arms, and no rule holds a user out. */
  readonly abTesting: boolean;
  readonly facts: ConfigFacts;
  /** What the conditions read, by path: those of the rules' and experiments' `reads` that hold anything. `experiments.*` is not in it. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Arms that the user saw before. */
  readonly sticky: StickyAssignments;
  readonly ruleSetVersion: number;
  readonly experimentSetVersion: number;
  /** Of the declared features, see `DeclaredFeatures`. */
  readonly featuresFingerprint: number;
};
