import { reweight } from '../bandit/reweight.ts';
import type { ExperimentCounts, Results } from '../results/types.ts';
import type { ExperimentBody } from '../types.ts';

/** What the job does to an experiment by itself, and why. */
export type OwnChange = { readonly body: ExperimentBody; readonly reason: string };

type Evaluated = {
  readonly counts: ExperimentCounts;
  readonly results: Pick<Results, 'verdict' | 'recommendation'>;
  /** ms since the epoch */
  readonly now: number;
};

const completed = (body: ExperimentBody, { now }: Evaluated): OwnChange | undefined =>
  body.endDate !== undefined && now >= Date.parse(body.endDate)
    ? { body: { ...body, status: 'completed' }, reason: `The end date ${body.endDate} has passed` }
    : undefined;

const stopped = (body: ExperimentBody, { results }: Evaluated): OwnChange | undefined =>
  body.autoStop && results.verdict === 'stop: guardrail'
    ? { body: { ...body, status: 'paused' }, reason: results.recommendation }
    : undefined;

const reweighted = (body: ExperimentBody, { counts, results }: Evaluated): OwnChange | undefined => {
  // Nothing is learned from users who were not split as asked.
  if (results.verdict === 'invalid: sample ratio') return undefined;
  const moved = reweight(body, counts.arms);
  if (!moved) return undefined;
  const variants = body.variants.map((variant, arm) => ({
    ...variant,
    weight: moved.weights[arm] ?? variant.weight,
  }));
  return { body: { ...body, variants }, reason: moved.reason };
};

/**
 * What follows from an evaluation without anybody asking: the end date completes an experiment; a harmed guardrail pauses one that says
 * `autoStop`; a bandit moves the weights of new users. The first that applies; nothing of an experiment that does not run.
 */
export const decideChange = (body: ExperimentBody, evaluated: Evaluated): OwnChange | undefined =>
  body.status === 'running'
    ? (completed(body, evaluated) ?? stopped(body, evaluated) ?? reweighted(body, evaluated))
    : undefined;
