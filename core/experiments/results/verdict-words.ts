import type { Evidence } from './effects.ts';
import type { Results } from './types.ts';
import type { Stage } from './verdict-rules.ts';

const DIGITS = 3;

/** Three significant digits. */
const figure = (value: number): string => String(Number(value.toPrecision(DIGITS)));
const whole = (value: number): string => value.toLocaleString('en-US');
export const percent = (share: number): string => `${figure(share * 100)} %`;
const pValue = (p: number): string => (p < 0.0001 ? 'p < 0.0001' : `p = ${figure(p)}`);

/** Shares as percentages, everything else in its own unit. */
const level = ({ metric }: Evidence, value: number): string =>
  metric.type === 'binomial' ? percent(value) : figure(value);

const distance = (evidence: Evidence): string => {
  const { absolute, relative } = evidence.tested.lift;
  const word = absolute < 0 ? 'below' : 'above';
  const by = relative === null ? figure(Math.abs(absolute)) : percent(Math.abs(relative));
  return absolute === 0 ? 'level with the control' : `${by} ${word} the control`;
};

const sureness = ({ tested }: Evidence, stage: Stage, confidence: number): string => {
  const { interval, pValue: p } =
    stage === 'ended' ? { interval: tested.lift.interval, pValue: tested.adjustedPValue } : tested.sequential;
  const valid = stage === 'ended' ? 'adjusted for all comparisons' : 'valid at any time';
  const range = interval
    ? `${percent(confidence)} interval of the difference ${figure(interval[0])} to ${figure(interval[1])}, `
    : '';
  return `${range}${pValue(p)} ${valid}`;
};

/** "signup" of quiet: 12.3 % above the control (5.23 % against 4.66 %; 95 % interval ..., p = .003 valid at any time). */
export const finding = (evidence: Evidence, stage: Stage, confidence: number): string => {
  const { metric, arm, control } = evidence;
  const means = `${level(evidence, arm.mean)} against ${level(evidence, control.mean)}`;
  const adjusted = arm.comparison?.cuped ? ', earlier behaviour taken out' : '';
  return `"${metric.name}" of ${arm.variant} is ${distance(evidence)} (${means}${adjusted}; ${sureness(evidence, stage, confidence)})`;
};

/** What can be found with the users that are there. */
export const sensitivity = ({ arm, metric }: Evidence): string => {
  const { absolute, relative } = arm.comparison!.power.minimumDetectable;
  const least = relative === null ? absolute : relative;
  if (least === null) return `nothing can be said of "${metric.name}" yet`;
  const by = relative === null ? figure(least) : percent(least);
  return `a difference of ${by} would be found in "${metric.name}" with probability 0.8`;
};

export const countedUsers = ({ arms }: Pick<Results, 'arms'>): string =>
  arms.map(({ variant, users }) => `${variant} ${whole(users)}`).join(', ');

export const ratioWords = ({ arms, srm }: Pick<Results, 'arms' | 'srm'>): string => {
  const sum = arms.reduce((total, { weight }) => total + weight, 0);
  const due = arms.map(({ variant, weight }) => `${variant} ${percent(weight / sum)}`).join(', ');
  return `Users are not split as asked (${countedUsers({ arms })}; weights ${due}; ${pValue(srm.pValue)}): find out why before believing any other figure`;
};

/** What to add where users saw several arms; nothing where few did. */
export const exposureWarning = ({
  multipleExposures: { users, share, ok },
}: Pick<Results, 'multipleExposures'>): string =>
  ok ? '' : `; beware: ${whole(users)} users (${percent(share)}) saw several arms and are left out`;
