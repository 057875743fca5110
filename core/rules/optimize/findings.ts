import { LEAST_USERS } from '../performance/figures.ts';
import { PERIOD_DAYS } from '../performance/rule-performance.ts';
import type { AdviceCase, Evidence, Finding } from './advice-types.ts';
import { figuresInWords } from './evidence-words.ts';
import { loweredPriority, raisedPriority } from './new-priority.ts';

/** Of the rules that are called better or worse, at most this share is so by chance (expected). */
const FALSE_DISCOVERIES = 0.05;
/** A rule that as many users were asked about, and none matched, is of no use. */
const LEAST_ASKED = 100;

type Judge = (one: AdviceCase) => Finding | undefined;

const keep = (reason: string): Finding => ({ action: 'keep', reason });

const wasThereAllTime = ({ rule, evidence }: AdviceCase): boolean => rule.changedAt <= evidence.period.from;

const YOUNG = `this version of it is younger than the ${PERIOD_DAYS} days that are looked at`;

const notInForce: Judge = ({ rule, evidence }) =>
  rule.body.enabled ? undefined : keep(`It is switched off: ${evidence.exposures} users got it before`);

const notCounted: Judge = ({ rule, evidence }) => {
  if (evidence.asOf === null) return keep('Nothing is counted yet: the job `aggregate` counts once a day');
  if (evidence.asked > 0 && evidence.version === rule.version) return undefined;
  return keep(`No counted decision asked version ${rule.version} of it yet`);
};

const idle: Judge = (one) => {
  const { asked, matched } = one.evidence;
  if (matched > 0) return undefined;
  const seen = `It matched none of the ${asked} users whose decisions asked it`;
  if (asked < LEAST_ASKED) return keep(`${seen}; ${LEAST_ASKED} are needed to judge`);
  return wasThereAllTime(one) ? { action: 'disable', reason: seen } : keep(`${seen}, but ${YOUNG}`);
};

const silenced: Judge = (one) => {
  const { exposures, conflicts } = one.evidence;
  if (exposures < LEAST_USERS || conflicts.silenced < exposures) return undefined;
  const seen = `It changed nothing: other rules set every slot of it for all ${exposures} users who got it`;
  return wasThereAllTime(one) ? { action: 'disable', reason: seen } : keep(`${seen}, but ${YOUNG}`);
};

const unmeasured: Judge = ({ evidence }) => {
  if (evidence.comparison === 'not matched') {
    const seen = figuresInWords(evidence);
    return keep(`Its effect is not known: it has no holdout, and others differ in more than it (${seen})`);
  }
  return evidence.lift === null ? keep(`Not enough to judge: ${evidence.reason}`) : undefined;
};

const isSure = ({ adjustedPValue }: Evidence): boolean =>
  adjustedPValue !== null && adjustedPValue <= FALSE_DISCOVERIES;

/** Wholly below zero; where that may be chance, as several rules were tested, it only gives way to others. */
const harmful: Judge = (one) => {
  const { rule, evidence } = one;
  if (!evidence.lift || evidence.lift.interval[1] >= 0) return undefined;
  const seen = figuresInWords(evidence);
  if (isSure(evidence)) return { action: 'disable', reason: `It lowers conversion: ${seen}` };
  const to = loweredPriority(one);
  if (to === undefined) return keep(`It may lower conversion, which may be chance: ${seen}`);
  const reason = `It may lower conversion, and for ${evidence.conflicts.won} users it took slots of others: ${seen}`;
  return { action: 'lower', priority: { from: rule.body.priority, to }, reason };
};

const helpful: Judge = (one) => {
  const { rule, evidence } = one;
  if (!evidence.lift || evidence.lift.interval[0] <= 0) return undefined;
  const seen = figuresInWords(evidence);
  if (!isSure(evidence)) return keep(`It may raise conversion, which may be chance: ${seen}`);
  const to = raisedPriority(one);
  if (to === undefined) return keep(`It raises conversion, and no other rule takes slots of it: ${seen}`);
  const reason = `It raises conversion, and for ${evidence.conflicts.lost} users others took slots of it: ${seen}`;
  return { action: 'raise', priority: { from: rule.body.priority, to }, reason };
};

const undecided: Judge = ({ evidence }) => keep(`No clear difference: ${figuresInWords(evidence)}`);

/** In this order: the first that finds anything says what is to become of the rule. */
const JUDGES: readonly Judge[] = [
  notInForce,
  notCounted,
  idle,
  silenced,
  unmeasured,
  harmful,
  helpful,
  undecided,
];

/** What is to become of one rule, and why. */
export const findingFor = (one: AdviceCase): Finding => {
  for (const judge of JUDGES) {
    const finding = judge(one);
    if (finding) return finding;
  }
  return keep('Nothing speaks for a change');
};
