import { DAY_MS } from '../../profile/fold/decay.ts';
import type {
  ArmCounts,
  CountingWindow,
  JudgedDecision,
  RuleArm,
  RuleCounts,
  RuleOutcome,
  RulesCounts,
  UserConversion,
} from './types.ts';

/** A conversion belongs to an exposure for so long after it. */
export const CONVERSION_DAYS = 7;

/** A user who got the rule is counted as such, whatever happened before; one who was held out never as `not matched`. */
const PRECEDENCE: Readonly<Record<RuleArm, number>> = { applied: 2, 'held out': 1, 'not matched': 0 };

const keyOf = ({ ruleId, version }: RuleOutcome): string => `${version} ${ruleId}`;

/** What one user saw of one version of a rule, within the window. */
type Exposure = {
  readonly rule: RuleOutcome;
  /** The first decision of the arm that counts. */
  readonly first: JudgedDecision;
  /** Every outcome of that arm. */
  readonly outcomes: readonly RuleOutcome[];
};

/** The exposure with one more outcome: the stronger arm counts, and of one arm the earliest decision. */
const withOutcome = (
  known: Exposure | undefined,
  decision: JudgedDecision,
  outcome: RuleOutcome,
): Exposure => {
  const fresh = { rule: outcome, first: decision, outcomes: [outcome] };
  if (!known) return fresh;
  const above = PRECEDENCE[outcome.arm] - PRECEDENCE[known.rule.arm];
  if (above !== 0) return above > 0 ? fresh : known;
  const first = decision.decidedAt < known.first.decidedAt ? decision : known.first;
  return { ...known, first, outcomes: [...known.outcomes, outcome] };
};

const exposuresOf = (decisions: readonly JudgedDecision[], { from, to }: CountingWindow): Exposure[] => {
  const byRule = new Map<string, Exposure>();
  for (const decision of decisions) {
    if (decision.decidedAt < from || decision.decidedAt >= to) continue;
    for (const outcome of decision.outcomes) {
      const key = keyOf(outcome);
      byRule.set(key, withOutcome(byRule.get(key), decision, outcome));
    }
  }
  return [...byRule.values()];
};

const thousandths = (value: number): number => Math.round(value * 1000);

const armCounts = (after: number, conversions: readonly UserConversion[], to: number): ArmCounts => {
  const until = after + CONVERSION_DAYS * DAY_MS;
  const mine = conversions.filter(
    ({ occurredAt }) => occurredAt > after && occurredAt <= until && occurredAt < to,
  );
  return {
    users: 1,
    converted: mine.length > 0 ? 1 : 0,
    conversions: mine.length,
    value: mine.reduce((sum, { value }) => sum + thousandths(value), 0),
    pending: until >= to ? 1 : 0,
  };
};

const once = (ids: readonly string[]): Record<string, number> => Object.fromEntries(ids.map((id) => [id, 1]));

const conflicts = (outcomes: readonly RuleOutcome[]): RuleCounts => {
  const [lostTo, wonOver] = [outcomes.flatMap((one) => one.lostTo), outcomes.flatMap((one) => one.wonOver)];
  return {
    lost: lostTo.length > 0 ? 1 : 0,
    lostTo: once(lostTo),
    won: wonOver.length > 0 ? 1 : 0,
    wonOver: once(wonOver),
    silenced: outcomes.every(({ silenced }) => silenced) ? 1 : 0,
  };
};

const countsOf = (
  { rule, first, outcomes }: Exposure,
  conversions: readonly UserConversion[],
  { to }: CountingWindow,
): RuleCounts => {
  const counts = armCounts(first.decidedAt, conversions, to);
  const inSegment = { [rule.arm]: { users: counts.users, converted: counts.converted } };
  return {
    arms: { [rule.arm]: counts },
    segments: Object.fromEntries(first.segments.map((segment) => [segment, inSegment])),
    ...(rule.arm === 'applied' && conflicts(outcomes)),
  };
};

/**
 * What one user adds to the counts of every version of every rule that was in force in one of their decisions.
 *
 * Each user counts once per version and in one arm: `applied` if the rule ever acted, else `held out` if they ever were,
 * else `not matched`. The exposure is the first decision of that arm within the window, with the segments of that moment, and
 * only conversions after it and within `CONVERSION_DAYS` days count: what a user did before the rule acted is never to its credit
 * (no immortal time; Suissa 2008, American Journal of Epidemiology 167, 492-499). Who was first not matched and later
 * is, is counted as applied from then on and leaves the others.
 */
export const countRules = (
  user: { readonly decisions: readonly JudgedDecision[]; readonly conversions: readonly UserConversion[] },
  window: CountingWindow,
): RulesCounts => {
  const counts: Record<string, Record<string, RuleCounts>> = Object.create(null);
  for (const exposure of exposuresOf(user.decisions, window)) {
    const { ruleId, version } = exposure.rule;
    counts[ruleId] ??= {};
    counts[ruleId][version] = countsOf(exposure, user.conversions, window);
  }
  return counts;
};
