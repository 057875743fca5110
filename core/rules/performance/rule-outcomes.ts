import type { CompiledRule, CompiledRuleSet } from '../evaluate/compiled.ts';
import { verdictInContext } from '../evaluate/verdict-of.ts';
import type { RuleAsk, RuleVerdict } from '../types.ts';
import type { RuleArm, RuleOutcome } from './types.ts';

/**
 * A rule outside of its schedule was not asked, and neither was one under an experiment in whose treated arms the user is
 * not: the experiment's results tell about them.
 */
const ARM_OF: { readonly [Verdict in RuleVerdict]?: RuleArm } = {
  applied: 'applied',
  'held out': 'held out',
  'condition not met': 'not matched',
  'condition failed': 'not matched',
};

type Slot = readonly string[];
/** Slots that one applied rule sets, as keys. */
type Claim = { readonly ruleId: string; readonly slots: readonly Slot[] };

const claimOf = ({ rule, assignments }: CompiledRule): Claim => ({
  ruleId: rule.id,
  slots: assignments.filter(({ change }) => change !== 'object').map(({ keys }) => keys),
});

const isWithin = (inner: Slot, outer: Slot): boolean =>
  outer.length <= inner.length && outer.every((key, at) => key === inner[at]);

const conflict = (one: Claim, other: Claim): boolean =>
  one.slots.some((mine) => other.slots.some((theirs) => isWithin(mine, theirs) || isWithin(theirs, mine)));

const idsOf = (claims: readonly Claim[]): string[] => claims.map(({ ruleId }) => ruleId);

type Conflicts = Pick<RuleOutcome, 'lostTo' | 'wonOver' | 'silenced'>;

/** Rules that a conflict names at most: those that come first of all before it, and last of all after it. */
const MOST_NAMED = 10;

/** What applied rules take from each other, by precedence, the highest first. */
const conflictsOf = (applied: readonly CompiledRule[]): Map<string, Conflicts> => {
  const claims = applied.map(claimOf);
  const conflictOf = (mine: Claim, place: number): Conflicts => {
    const before = claims.slice(0, place).filter((claim) => conflict(claim, mine));
    const after = claims.slice(place + 1).filter((claim) => conflict(claim, mine));
    const taken = before.flatMap(({ slots }) => slots);
    return {
      lostTo: idsOf(before.slice(0, MOST_NAMED)),
      wonOver: idsOf(after.slice(-MOST_NAMED)),
      silenced:
        mine.slots.length > 0 && mine.slots.every((slot) => taken.some((theirs) => isWithin(slot, theirs))),
    };
  };
  return new Map(claims.map((claim, place) => [claim.ruleId, conflictOf(claim, place)]));
};

const NONE: Conflicts = { lostTo: [], wonOver: [], silenced: false };

/** What a decision did with every rule that was in force in its context at its time, by precedence. */
export const ruleOutcomes = (set: CompiledRuleSet, ask: RuleAsk): RuleOutcome[] => {
  const asked = (set.byContext.get(ask.context) ?? set.elsewhere).flatMap((compiled) => {
    const arm = ARM_OF[verdictInContext(compiled, ask)];
    return arm ? [{ compiled, arm }] : [];
  });
  const applied = asked.filter(({ arm }) => arm === 'applied').map(({ compiled }) => compiled);
  const conflicts = conflictsOf(applied);
  return asked.map(({ compiled: { rule }, arm }) => ({
    ruleId: rule.id,
    version: rule.version,
    arm,
    ...(conflicts.get(rule.id) ?? NONE),
  }));
};
