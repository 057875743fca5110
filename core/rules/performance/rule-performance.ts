import { DAY_MS } from '../../profile/fold/decay.ts';
import type { Rule } from '../types.ts';
import { type ArmFigures, type ComparedWith, type Effect, effectOf } from './figures.ts';
import type { ArmCounts, CountingWindow, RuleCounts } from './types.ts';

/** Decisions are traced, and so counted, for so long. */
export const PERIOD_DAYS = 30;

/** The counts of one rule by version, and the moment (ms) up to which they were made; null before the first count. */
export type CountedRule = {
  readonly asOf: number | null;
  readonly versions: Readonly<Record<string, RuleCounts>>;
};

export type RulePerformance = Effect & {
  readonly ruleId: string;
  readonly name: string;
  /** The version that is counted here: the present one, or the last that was in force while it was not. */
  readonly version: number;
  readonly presentVersion: number;
  readonly period: CountingWindow;
  /** ms since the epoch; null before the first count. */
  readonly asOf: number | null;
  /** Users who were asked about it, and those of them who matched (they got it or were held out). */
  readonly asked: number;
  readonly matched: number;
  /** All conversions of those who got the rule, and what they brought in the application's unit. */
  readonly events: number;
  readonly value: number;
  /** Exposures whose days of conversion are not over. */
  readonly pending: number;
  readonly comparison: ComparedWith;
  readonly bySegment: readonly (Effect & { readonly segment: string })[];
  readonly conflicts: {
    /** Users for whom another rule set a slot of this one; by whom, the most users first. */
    readonly lost: number;
    readonly lostTo: readonly { readonly ruleId: string; readonly users: number }[];
    /** Users for whom this rule set a slot of another one; and of which. */
    readonly won: number;
    readonly wonOver: readonly { readonly ruleId: string; readonly users: number }[];
    /** Users for whom it changed nothing, as others set all of its slots. */
    readonly silenced: number;
  };
  readonly earlierVersions: readonly (ArmFigures & { readonly version: number })[];
  /** What the comparison can and cannot say. */
  readonly note: string;
};

const NOTES: Readonly<Record<ComparedWith, string>> = {
  'held out':
    'Compared with users who matched and were held out at random: the difference is the effect of the rule.',
  'not matched':
    'Compared with users whose decisions did not match the condition. They differ in more than the rule, so this is no effect of it: give the rule a holdout to measure one.',
};

/** The decisions that a count at this moment looks at. */
export const periodUntil = (to: number): CountingWindow => ({ from: to - PERIOD_DAYS * DAY_MS, to });

/** The version to show: the present one unless only others were counted. */
const shownVersion = (rule: Rule, { versions }: CountedRule): number => {
  if (versions[rule.version]) return rule.version;
  const counted = Object.keys(versions).map(Number);
  return counted.length === 0 ? rule.version : Math.max(...counted);
};

const comparisonOf = (rule: Rule, version: number, { arms = {} }: RuleCounts): ComparedWith => {
  const holdsOut = version === rule.version && (rule.body.holdout ?? 0) > 0;
  return holdsOut || arms['held out'] ? 'held out' : 'not matched';
};

const segmentsOf = ({ segments = {} }: RuleCounts, comparison: ComparedWith) =>
  Object.entries(segments)
    .map(([segment, arms]) => ({ segment, ...effectOf(arms, comparison) }))
    .filter(({ exposures, control }) => exposures + control.exposures > 0)
    .sort((a, b) => b.exposures - a.exposures || (a.segment < b.segment ? -1 : 1));

const mostFirst = (byRule: Readonly<Record<string, number>> = {}) =>
  Object.entries(byRule)
    .map(([ruleId, users]) => ({ ruleId, users }))
    .sort((a, b) => b.users - a.users || (a.ruleId < b.ruleId ? -1 : 1));

const conflictsOf = (counts: RuleCounts): RulePerformance['conflicts'] => ({
  lost: counts.lost ?? 0,
  lostTo: mostFirst(counts.lostTo),
  won: counts.won ?? 0,
  wonOver: mostFirst(counts.wonOver),
  silenced: counts.silenced ?? 0,
});

const earlierOf = ({ versions }: CountedRule, shown: number) =>
  Object.entries(versions)
    .filter(([version]) => Number(version) !== shown)
    .map(([version, counts]) => {
      const { exposures, conversions, conversionRate, rateInterval } = effectOf(
        counts.arms ?? {},
        'held out',
      );
      return { version: Number(version), exposures, conversions, conversionRate, rateInterval };
    })
    .sort((a, b) => b.version - a.version);

const usersOf = ({ arms = {} }: RuleCounts) => {
  const [applied, heldOut] = [arms.applied?.users ?? 0, arms['held out']?.users ?? 0];
  return { asked: applied + heldOut + (arms['not matched']?.users ?? 0), matched: applied + heldOut };
};

const totalsOf = ({ conversions, value, pending }: ArmCounts) => ({
  events: conversions ?? 0,
  value: (value ?? 0) / 1000,
  pending: pending ?? 0,
});

const nothingCounted = ({ asOf, versions }: CountedRule): string | undefined => {
  if (asOf === null) return 'not counted yet: the job `aggregate` counts once a day';
  return Object.keys(versions).length === 0
    ? `no decision of the ${PERIOD_DAYS} days asked this rule`
    : undefined;
};

/** A rule's figures from what was counted; zeros with the reason where nothing was. `now` in ms since the epoch. */
export const rulePerformance = (rule: Rule, counted: CountedRule, now: number): RulePerformance => {
  const version = shownVersion(rule, counted);
  const counts = counted.versions[version] ?? {};
  const comparison = comparisonOf(rule, version, counts);
  const effect = effectOf(counts.arms ?? {}, comparison);
  return {
    ruleId: rule.id,
    name: rule.body.name,
    version,
    presentVersion: rule.version,
    period: periodUntil(counted.asOf ?? now),
    asOf: counted.asOf,
    ...effect,
    reason: nothingCounted(counted) ?? effect.reason,
    ...usersOf(counts),
    ...totalsOf(counts.arms?.applied ?? {}),
    comparison,
    bySegment: segmentsOf(counts, comparison),
    conflicts: conflictsOf(counts),
    earlierVersions: earlierOf(counted, version),
    note: NOTES[comparison],
  };
};
