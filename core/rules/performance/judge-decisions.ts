import type { JudgeDecisions } from '../../analytics/types.ts';
import { type RuleSets, ruleAskOf } from '../../config/decide-from-inputs.ts';
import type { ConfigInputs } from '../../config/inputs.ts';
import { type ConfigTrace, inputsOfTrace, vocabularyOf } from '../../decisions/config-trace.ts';
import { CONFIG_ID } from '../../decisions/decision-id.ts';
import type { Decision } from '../../decisions/ports.ts';
import { ruleOutcomes } from './rule-outcomes.ts';
import type { JudgedDecision } from './types.ts';

/** Rules and experiments as they were; undefined where a version was never, or is no longer known. */
export type SetsAt = (versions: {
  readonly rules: number;
  readonly experiments: number;
}) => Promise<RuleSets | undefined>;

/** From this confidence on, a user belongs to a named segment. */
const MEMBER_FROM = 0.5;

const isConfig = (decision: Decision): decision is Decision<ConfigTrace> =>
  decision.decisionId.startsWith(CONFIG_ID);

/** What the rules of a decision's time did in it: the same pure function as then, on the stored inputs. */
export const judgeInputs = (inputs: ConfigInputs, sets: RuleSets): JudgedDecision => {
  const { ask, rules } = ruleAskOf(inputs, sets);
  return {
    decidedAt: inputs.now,
    segments: inputs.facts.segments
      .filter(({ confidence }) => confidence >= MEMBER_FROM)
      .map(({ name }) => name),
    outcomes: ruleOutcomes(rules, ask),
  };
};

/** Undefined where it cannot be run again: the sets are gone, or the trace could not hold everything that was read. */
const judged = async (
  setsAt: SetsAt,
  decision: Decision<ConfigTrace>,
): Promise<JudgedDecision | undefined> => {
  const { body } = decision;
  const [rules, experiments] = body.s;
  const sets = body.g === undefined ? await setsAt({ rules, experiments }) : undefined;
  return sets && judgeInputs(inputsOfTrace(body, decision, vocabularyOf(sets)), sets);
};

/** Runs a user's config decisions again, each with the rules and experiments of its time, oldest first. */
export const judgeDecisions =
  (setsAt: SetsAt): JudgeDecisions =>
  async (_userId, decisions) => {
    const found: JudgedDecision[] = [];
    for (const decision of decisions) {
      const one = isConfig(decision) ? await judged(setsAt, decision) : undefined;
      if (one) found.push(one);
    }
    return found;
  };
