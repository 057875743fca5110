import type { ComparedMetric } from './compare-metric.ts';
import { type Evidence, evidencesOf, isEquivalent } from './effects.ts';
import type { EvaluatedBody, Results } from './types.ts';
import { type Stage, stageOf, VERDICT_RULES } from './verdict-rules.ts';
import { countedUsers, exposureWarning, finding, percent, ratioWords, sensitivity } from './verdict-words.ts';

type Decision = Pick<Results, 'verdict' | 'winner' | 'recommendation'>;
type Seen = Omit<Results, keyof Decision> & { readonly compared: readonly ComparedMetric[] };
type Case = { readonly seen: Seen; readonly stage: Stage; readonly evidences: readonly Evidence[] };

const decide = (
  verdict: Results['verdict'],
  recommendation: string,
  winner: string | null = null,
): Decision => ({ verdict, winner, recommendation });

const goalsOf = ({ evidences }: Case): Evidence[] => evidences.filter(({ metric }) => !metric.guardrail);

const brokenSplit = ({ seen }: Case): Decision | undefined =>
  seen.srm.ok ? undefined : decide('invalid: sample ratio', ratioWords(seen));

const notBegun = ({ stage }: Case): Decision | undefined =>
  stage === 'not begun' ? decide('keep running', 'The experiment has not begun') : undefined;

const harm = ({ seen, stage, evidences }: Case): Decision | undefined => {
  const harmed = evidences.find(({ metric, effect }) => metric.guardrail && effect < 0);
  if (!harmed) return undefined;
  const why = finding(harmed, stage, seen.confidence);
  return decide('stop: guardrail', `Stop ${harmed.arm.variant}: the guardrail ${why}`);
};

const best = (evidences: readonly Evidence[]): Evidence =>
  evidences.reduce((most, one) => (one.gain > most.gain ? one : most));

/** Later goals that the winner loses in: whoever ships it should know. */
const price = ({ seen, stage, evidences }: Case, { arm }: Pick<Evidence, 'arm'>): string => {
  const lost = evidences.find((one) => one.arm.variant === arm.variant && one.effect < 0);
  return lost ? `; but ${finding(lost, stage, seen.confidence)}` : '';
};

/**
 * Goals count in the order in which the experiment lists them: the first in which an arm that has not lost before is surely
 * better names the winner, the arm with the greatest gain in it. Where every arm has lost, the control wins.
 */
const won = (one: Case): Decision | undefined => {
  const { seen, stage } = one;
  const goals = goalsOf(one);
  const lost = new Map<string, Evidence>();
  for (const { name } of seen.metrics.filter(({ guardrail }) => !guardrail)) {
    const here = goals.filter(({ metric, arm }) => metric.name === name && !lost.has(arm.variant));
    const better = here.filter(({ effect }) => effect > 0);
    if (better.length > 0) {
      const top = best(better);
      const why = `${finding(top, stage, seen.confidence)}${price(one, top)}`;
      return decide('winner', `Ship ${top.arm.variant}: ${why}`, top.arm.variant);
    }
    for (const each of here.filter(({ effect }) => effect < 0)) lost.set(each.arm.variant, each);
  }
  const [first] = lost.values();
  if (!first || lost.size < seen.arms.length - 1) return undefined;
  const why = finding(first, stage, seen.confidence);
  return decide('winner', `Keep ${seen.control}: every other arm is worse; ${why}`, seen.control);
};

/** Of several without an effect the one that comes closest to it. */
const closest = (evidences: readonly Evidence[]): Evidence =>
  evidences.reduce((most, one) => (one.tested.pValue < most.tested.pValue ? one : most));

const overWithoutEffect = (one: Case): Decision | undefined => {
  const { seen, stage } = one;
  if (stage !== 'ended' && stage !== 'stopped') return undefined;
  const goals = goalsOf(one);
  if (goals.length === 0)
    return decide('no difference', 'The experiment ended without a goal to judge it by');
  const few = goals.some(({ enoughUsers }) => !enoughUsers);
  if (few) {
    const need = `fewer than ${VERDICT_RULES.leastUsers} users in an arm (${countedUsers(seen)})`;
    return decide('no difference', `The experiment ended with ${need}: too few to see any difference`);
  }
  const near = closest(goals);
  const why = finding(near, stage, seen.confidence);
  return decide('no difference', `The experiment ended without a sure effect: ${why}; ${sensitivity(near)}`);
};

const equal = (one: Case): Decision | undefined => {
  const { seen, stage } = one;
  const goals = seen.compared.filter(({ metric }) => metric.guardrail !== true);
  const arms = goals.flatMap(({ compared }) => compared);
  if (arms.length === 0 || !arms.every((arm) => isEquivalent(arm, seen.confidence))) return undefined;
  const why = finding(closest(goalsOf(one)), stage, seen.confidence);
  const within = percent(VERDICT_RULES.equivalence);
  return decide('no difference', `Every arm is within ${within} of the control, valid at any time: ${why}`);
};

const goOn = (one: Case): Decision => {
  const { seen, stage } = one;
  const goals = goalsOf(one);
  if (goals.length === 0) return decide('keep running', 'The experiment has no goal to judge it by');
  if (goals.some(({ enoughUsers }) => !enoughUsers)) {
    const need = `${VERDICT_RULES.leastUsers} users are needed in every arm`;
    return decide('keep running', `Too early to judge: ${need}, and there are ${countedUsers(seen)}`);
  }
  const near = closest(goals);
  const why = finding(near, stage, seen.confidence);
  return decide('keep running', `No arm is surely better yet: ${why}; ${sensitivity(near)}`);
};

/** In this order: the first that has something to say decides. */
const RULES = [brokenSplit, notBegun, harm, won, overWithoutEffect, equal] as const;

const firstOf = (one: Case): Decision | undefined => {
  for (const rule of RULES) {
    const decision = rule(one);
    if (decision) return decision;
  }
  return undefined;
};

const countOf = (seen: Seen, isGuardrail: boolean): number =>
  seen.metrics.filter(({ guardrail }) => guardrail === isGuardrail).length * (seen.arms.length - 1);

/**
 * What to do about an experiment, and why in one sentence:
 * - `invalid: sample ratio` where users are not split as asked (chi-square, p < .001);
 * - `stop: guardrail` where an arm surely harms a guardrail metric;
 * - `winner` where an arm is surely better in the first goal that tells arms apart, or every arm worse than the control;
 * - `no difference` where the experiment is over without that, or every arm lies within +-1 % of the control, always-valid;
 * - else `keep running`.
 *
 * Surely: see `isSure` in `effects.ts`. Arms need 100 users. @param now ms since the epoch
 */
export const verdictOf = (body: EvaluatedBody, seen: Seen, now: number): Decision => {
  const stage = stageOf(body, now);
  const comparisons = { goal: countOf(seen, false), guardrail: countOf(seen, true) };
  const evidences = evidencesOf(seen.metrics, { stage, confidence: seen.confidence, comparisons });
  const one: Case = { seen, stage, evidences };
  const decision = firstOf(one) ?? goOn(one);
  return { ...decision, recommendation: `${decision.recommendation}${exposureWarning(seen)}` };
};
