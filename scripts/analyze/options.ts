import type { Metric, MetricType } from '../../core/experiments/types.ts';
import { BadInput } from '../evaluate/bad-input.ts';
import { parsedArgs } from '../evaluate/parsed-args.ts';

/** A column whose values are compared; without a type it is binomial where all values are 0 and 1, else revenue. */
export type AskedMetric = {
  readonly column: string;
  readonly type?: MetricType;
  readonly goal: Metric['goal'];
};

/** What the analysis was asked to do. */
export type AnalyzeOptions = {
  readonly file: string;
  readonly unit: string;
  readonly arm: string;
  readonly metrics: readonly AskedMetric[];
  /** As written: COLUMN, or METRIC=COLUMN. */
  readonly covariates: readonly string[];
  readonly control?: string;
  readonly confidence: number;
  /** Shares that the arms were to get, by arm; equal ones where nothing is said. */
  readonly weights?: ReadonlyMap<string, number>;
};

export const usage = `npm run -s analyze -- --file FILE --unit COLUMN --arm COLUMN --metric COLUMN[:TYPE][:decrease] [options]

Reads a file of users (comma, semicolon, tab or bar separated, a header first, .gz or not) and prints one JSON object with every
statistic of the experiment, as for GET .../results at its planned end.

  --file FILE            one row for each user; several rows of a user are added up
  --unit COLUMN          who was drawn
  --arm COLUMN           the arm; a unit in several arms is counted and left out
  --metric COLUMN[:TYPE] a number, or true and false; TYPE is binomial, count, revenue or duration (default: binomial where all
                         values are 0 and 1, else revenue); ":decrease" behind it where less is better. May be repeated
  --covariate COLUMN     what the unit did before, for CUPED, of all metrics; METRIC=COLUMN for one. May be repeated
  --control ARM          default: the arm "control", else the first by name
  --weights A=.5,B=.5    shares that the arms were to get (default: equal ones)
  --confidence SHARE     of all intervals, above 0.5 and below 1 (default 0.95)`;

const options = {
  file: { type: 'string' },
  unit: { type: 'string' },
  arm: { type: 'string' },
  metric: { type: 'string', multiple: true, default: [] as string[] },
  covariate: { type: 'string', multiple: true, default: [] as string[] },
  control: { type: 'string' },
  weights: { type: 'string' },
  confidence: { type: 'string', default: '0.95' },
  help: { type: 'boolean', default: false },
} as const;

const TYPES: readonly string[] = ['binomial', 'count', 'revenue', 'duration'];

const needed = (value: string | undefined, name: string): string => {
  if (value) return value;
  throw new BadInput(`--${name} is missing`);
};

/** `COLUMN[:TYPE][:increase|:decrease]`, read from its end: names of columns may hold colons. */
const metricOf = (text: string): AskedMetric => {
  const parts = text.split(':');
  const goal =
    ['increase', 'decrease'].includes(parts.at(-1)!) && parts.length > 1 ? parts.pop()! : 'increase';
  const type = TYPES.includes(parts.at(-1)!) && parts.length > 1 ? parts.pop()! : undefined;
  const column = parts.join(':');
  if (column === '') throw new BadInput(`--metric ${JSON.stringify(text)} names no column`);
  return { column, goal: goal as Metric['goal'], ...(type && { type: type as MetricType }) };
};

const metricsOf = (texts: readonly string[]): AskedMetric[] => {
  if (texts.length === 0) throw new BadInput('--metric is missing');
  const metrics = texts.map(metricOf);
  const twice = metrics.find(({ column }, at) => metrics.findIndex((one) => one.column === column) < at);
  if (twice) throw new BadInput(`--metric names ${JSON.stringify(twice.column)} twice`);
  return metrics;
};

const weightsOf = (text: string | undefined): Map<string, number> | undefined => {
  if (text === undefined) return undefined;
  const weights = new Map<string, number>();
  for (const part of text.split(',')) {
    const at = part.lastIndexOf('=');
    const weight = Number(part.slice(at + 1));
    if (at < 1 || part.slice(at + 1).trim() === '' || !(weight > 0 && weight < Number.POSITIVE_INFINITY)) {
      throw new BadInput(
        `--weights must be ARM=SHARE,ARM=SHARE with shares above 0, not ${JSON.stringify(part)}`,
      );
    }
    weights.set(part.slice(0, at).trim(), weight);
  }
  return weights;
};

const confidenceOf = (text: string): number => {
  const confidence = Number(text);
  if (confidence > 0.5 && confidence < 1) return confidence;
  throw new BadInput(`--confidence must be above 0.5 and below 1, not ${JSON.stringify(text)}`);
};

/** Undefined where help is asked for. @throws BadInput */
export const analyzeOptions = (args: readonly string[]): AnalyzeOptions | undefined => {
  const values = parsedArgs(args, options);
  if (values.help) return undefined;
  return {
    file: needed(values.file, 'file'),
    unit: needed(values.unit, 'unit'),
    arm: needed(values.arm, 'arm'),
    metrics: metricsOf(values.metric),
    covariates: values.covariate,
    control: values.control,
    confidence: confidenceOf(values.confidence),
    weights: weightsOf(values.weights),
  };
};
