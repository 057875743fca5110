import type { Config, ConfigDefaults, ConfigPatch, ValueReason } from '../../config/types.ts';
import { keysOf } from '../conditions/paths.ts';
import type { AppliedRule, SlotAssignment } from '../types.ts';
import { slotAssignments } from './slot-assignments.ts';
import { claim, isClaimed, noClaims, type Setter, type SlotClaims, withClaims } from './slot-claims.ts';

/** What an experiment's arm sets. */
export type ArmPatch = {
  /** Of the experiment. */
  readonly key: string;
  readonly variant: string;
  readonly patch: ConfigPatch;
};

export type AppliedConfig = {
  readonly config: Config;
  /** One for every slot: of the defaults, of the rule or the arm that set it. */
  readonly reasons: readonly ValueReason[];
  /** The rules again; the reason of one whose every value was overridden says so. */
  readonly applied: readonly AppliedRule[];
};

type Claimed = { readonly root: SlotClaims; readonly reasons: Map<string, ValueReason> };

/** How many of the assignments nobody of higher precedence had claimed. */
const claimAll = ({ root, reasons }: Claimed, assignments: readonly SlotAssignment[], by: Setter): number => {
  let effective = 0;
  for (const assignment of assignments) {
    if (!claim(root, assignment, by)) continue;
    effective += 1;
    if (assignment.change === 'set') reasons.set(assignment.path, { path: assignment.path, ...by });
  }
  return effective;
};

const claimRule = (claimed: Claimed, rule: AppliedRule): AppliedRule => {
  const { assignments, name, ruleId, reason } = rule;
  const setter = { source: 'rule', by: ruleId, reason: `Rule "${name}": ${reason}` } as const;
  const effective = claimAll(claimed, assignments, setter);
  if (effective > 0 || assignments.length === 0) return rule;
  return { ...rule, reason: `${reason}; everything that it sets is overridden by others` };
};

/** Reasons of the defaults that still hold, each replaced in its place; the new slots follow. */
const mergedReasons = (before: readonly ValueReason[], { root, reasons }: Claimed): ValueReason[] => {
  const kept = before.flatMap((reason) => {
    const replaced = reasons.get(reason.path);
    if (replaced) {
      reasons.delete(reason.path);
      return [replaced];
    }
    return isClaimed(root, keysOf(reason.path)) ? [] : [reason];
  });
  return [...kept, ...reasons.values()];
};

/**
 * The config of a user: the defaults, the merge patches of the rules that apply, and those of the experiments' arms on top. The
 * same as merging one patch after the other (RFC 7396), the highest precedence last, but it knows for each slot who set it.
 * @param applied by precedence, the highest first
 * @param arms of two that set the same slot the first wins
 */
export const applyRules = (
  defaults: ConfigDefaults,
  applied: readonly AppliedRule[],
  arms: readonly ArmPatch[],
): AppliedConfig => {
  const claimed: Claimed = { root: noClaims(), reasons: new Map() };
  for (const { key, variant, patch } of arms) {
    const reason = `Experiment ${key}, arm ${variant}`;
    claimAll(claimed, slotAssignments(patch), { source: 'experiment', by: key, reason });
  }
  const rules = applied.map((rule) => claimRule(claimed, rule));
  return {
    config: withClaims(claimed.root, defaults.config),
    reasons: mergedReasons(defaults.reasons, claimed),
    applied: rules,
  };
};
