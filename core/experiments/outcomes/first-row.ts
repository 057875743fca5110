import type { Behaviour } from '../../profile/behaviour.ts';
import type { CompiledExperiment } from '../assignment/compile-experiments.ts';
import { covariatesOf } from './covariates.ts';
import type { OutcomeRow } from './types.ts';

const DAY_MS = 86_400_000;
/** Rows outlive the experiment by half a year, and their exposure by as long as interactions are kept. */
const [AFTER_END_DAYS, AFTER_EXPOSURE_DAYS] = [180, 400];

/** When a row that is written at `exposedAt` may be forgotten: 180 days after the end or 400 days from now, the later. */
export const expiryOf = ({ endsAt }: Pick<CompiledExperiment, 'endsAt'>, exposedAt: number): number => {
  const afterExposure = exposedAt + AFTER_EXPOSURE_DAYS * DAY_MS;
  return Number.isFinite(endsAt) ? Math.max(endsAt + AFTER_END_DAYS * DAY_MS, afterExposure) : afterExposure;
};

/** An arm that is seen for the first time, by whom, after what. */
export type FirstSight = {
  readonly userId: string;
  readonly variant: string;
  readonly propensity: number;
  /** ms since the epoch */
  readonly exposedAt: number;
  /** What was folded of the user before; undefined for somebody new. */
  readonly behaviour: Behaviour | undefined;
};

/** The row of a user who sees an arm for the first time. */
export const firstRow = (one: CompiledExperiment, { behaviour, ...sight }: FirstSight): OutcomeRow => ({
  ...sight,
  line: one.line,
  covariates: covariatesOf(one.experiment.body.metrics, behaviour),
  metrics: {},
  keys: [],
  otherArms: [],
  mergedFrom: [],
  rev: 1,
  expiresAt: expiryOf(one, sight.exposedAt),
});
