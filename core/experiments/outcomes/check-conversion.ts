import { type FieldError, Invalid } from '../../errors.ts';
import type { Experiment, Metric } from '../types.ts';

/** A conversion as an application reports it. */
export type SentConversion = {
  readonly metric: string;
  readonly value?: number;
  /** The arm that the application believes the user to be in. */
  readonly variant?: string;
  readonly recommendationId?: string;
  /** ISO 8601; now where nothing is said. */
  readonly occurredAt?: string;
};

const valueFaults = ({ name, type }: Metric, value: number | undefined): FieldError[] => {
  const fault = (message: string) => [{ path: 'value', message }];
  if (type === 'binomial' && value !== undefined && value !== 1) {
    return fault(`must be left out, or 1: the metric "${name}" is binomial`);
  }
  if (type === 'count' && !Number.isInteger(value ?? 1)) {
    return fault(`must be a whole number: the metric "${name}" is a count`);
  }
  if ((type === 'revenue' || type === 'duration') && value === undefined) {
    return fault(`is required: the metric "${name}" is a ${type}`);
  }
  return [];
};

/** The metric that is meant. Throws `Invalid` naming every field that does not fit the experiment. */
export const metricOf = ({ body }: Experiment, { metric: name, value, variant }: SentConversion): Metric => {
  const metric = body.metrics.find((one) => one.name === name);
  const names = body.metrics.map((one) => `"${one.name}"`).join(', ') || 'none';
  const faults = [
    ...(metric
      ? valueFaults(metric, value)
      : [{ path: 'metric', message: `is none of the experiment: ${names}` }]),
    ...(variant === undefined || body.variants.some(({ key }) => key === variant)
      ? []
      : [{ path: 'variant', message: 'is no arm of the experiment' }]),
  ];
  if (faults.length > 0 || !metric) throw new Invalid(faults);
  return metric;
};
