import type { DefinitionSet } from '../../definitions/types.ts';
import { typeName } from '../../tracking/normalise.ts';
import { lineOfRound } from '../rounds.ts';
import type { Experiment, ExperimentBody, Metric } from '../types.ts';

/** A metric with what is not said filled in. */
export type CountedMetric = Pick<Metric, 'name' | 'type'> & {
  /** Type of the interactions that count, as interactions are stored. */
  readonly event: string;
  /** From the exposure on, ms. */
  readonly windowMs: number;
  readonly attribution: 'user' | 'recommendation';
};

/** What counting conversions asks of an experiment: nothing has to be compiled for it. */
export type CountedExperiment = {
  readonly experimentId: string;
  readonly line: string;
  readonly status: ExperimentBody['status'];
  /** ms since the epoch; Infinity where nothing is said. */
  readonly endsAt: number;
  readonly metrics: readonly CountedMetric[];
  /** Ids of users whose arm was given to them: they are not counted. */
  readonly testers: ReadonlySet<string>;
};

/** Running experiments by their lines. */
export type CountedExperiments = {
  /** Of the definitions. */
  readonly version: number;
  /** They were in force then, ms since the epoch. */
  readonly checkedAt: number;
  readonly byLine: ReadonlyMap<string, CountedExperiment>;
};

const DAY_MS = 86_400_000;
const DEFAULT_WINDOW_DAYS = 14;

/** The metric as it is counted: its own name as the event, 14 days, whatever the user does. */
export const countedMetric = ({ name, type, event, windowDays, attribution }: Metric): CountedMetric => ({
  name,
  type,
  event: typeName(event ?? name),
  windowMs: (windowDays ?? DEFAULT_WINDOW_DAYS) * DAY_MS,
  attribution: attribution ?? 'user',
});

export const countedExperiment = ({ id, body }: Experiment): CountedExperiment => ({
  experimentId: id,
  line: lineOfRound({ id, body }),
  status: body.status,
  endsAt: body.endDate === undefined ? Number.POSITIVE_INFINITY : Date.parse(body.endDate),
  metrics: body.metrics.map(countedMetric),
  testers: new Set(Object.keys(body.forced ?? {})),
});

/** What tracking keeps in memory of all experiments. */
export const countedExperiments = (
  { version, defined }: DefinitionSet<ExperimentBody>,
  checkedAt: number,
): CountedExperiments => {
  const running = defined.filter(({ body }) => body.status === 'running').map(countedExperiment);
  return { version, checkedAt, byLine: new Map(running.map((one) => [one.line, one])) };
};
