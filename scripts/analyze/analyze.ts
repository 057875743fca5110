import { distributions } from '../../adapters/numbers/distributions.ts';
import { evaluateExperiment } from '../../core/experiments/results/evaluate-experiment.ts';
import { outcomeCounter } from '../../core/experiments/results/outcome-counter.ts';
import type { EvaluatedBody, ExperimentCounts, Results } from '../../core/experiments/results/types.ts';
import type { Metric, Variant } from '../../core/experiments/types.ts';
import { BadInput } from '../evaluate/bad-input.ts';
import { columnsOf } from './columns.ts';
import type { AnalyzeOptions } from './options.ts';
import { readRows } from './read-rows.ts';
import { gatherUnits, type Unit, type Units } from './units.ts';

/** The answer: results of the experiment, and what was read. */
export type Analysis = Results & { readonly file: string; readonly rows: number; readonly units: number };

const MOST_ARMS = 50;
const byName = new Intl.Collator('en', { numeric: true });

const armNames = (units: Iterable<Unit>, file: string): string[] => {
  const names = new Set<string>();
  for (const { arm } of units) if (arm !== undefined) names.add(arm);
  if (names.size < 2 || names.size > MOST_ARMS) {
    throw new BadInput(
      `${file}: there must be 2 to ${MOST_ARMS} arms with units of their own, not ${names.size}`,
    );
  }
  return [...names].sort(byName.compare);
};

const controlOf = (arms: readonly string[], { control, file }: AnalyzeOptions): string => {
  const found =
    control === undefined
      ? (arms.find((arm) => arm.toLowerCase() === 'control') ?? arms[0])
      : arms.find((arm) => arm === control);
  if (found !== undefined) return found;
  throw new BadInput(`${file}: no arm ${JSON.stringify(control)}; there are ${arms.join(', ')}`);
};

/** The control first; weights that add up to 1. */
const variantsOf = (arms: readonly string[], options: AnalyzeOptions): Variant[] => {
  const control = controlOf(arms, options);
  const { weights } = options;
  const unknown = [...(weights?.keys() ?? [])].find((arm) => !arms.includes(arm));
  if (unknown !== undefined)
    throw new BadInput(`--weights names ${JSON.stringify(unknown)}, which is no arm`);
  const missing = weights && arms.find((arm) => !weights.has(arm));
  if (missing !== undefined)
    throw new BadInput(`--weights says nothing of the arm ${JSON.stringify(missing)}`);
  const weightOf = (arm: string): number => weights?.get(arm) ?? 1;
  const sum = arms.reduce((total, arm) => total + weightOf(arm), 0);
  const ordered = [control, ...arms.filter((arm) => arm !== control)];
  return ordered.map((key) => ({ key, weight: weightOf(key) / sum }));
};

const metricsOf = ({ metrics }: AnalyzeOptions, { isBinary }: Units): Metric[] =>
  metrics.map(({ column, type, goal }, at) => ({
    name: column,
    type: type ?? (isBinary[at] ? 'binomial' : 'revenue'),
    goal,
  }));

/** By the name of each metric; without those of which nothing is known. */
const byMetric = <T>(metrics: readonly Metric[], known: (at: number) => T | undefined): Record<string, T> =>
  Object.fromEntries(
    metrics.flatMap(({ name }, at) => {
      const one = known(at);
      return one === undefined ? [] : [[name, one] as const];
    }),
  );

const countsOf = (body: EvaluatedBody, units: Iterable<Unit>): ExperimentCounts => {
  const counter = outcomeCounter(body);
  let several = 0;
  for (const { arm, values, covariates } of units) {
    if (arm === undefined) {
      several += 1;
      continue;
    }
    counter.add({
      variant: arm,
      covariates: byMetric(body.metrics, (at) => covariates[at]),
      metrics: byMetric(body.metrics, (at) => [values[at]!, values[at]!] as const),
    });
  }
  return counter.counts(several);
};

/**
 * Analyses a file of users as an experiment that has come to its planned end. @throws BadInput where the file or the options
 * cannot be used
 */
export const analyze = async (options: AnalyzeOptions): Promise<Analysis> => {
  const { file, confidence } = options;
  const read = await gatherUnits(readRows(file), options, (header) => columnsOf(header, options));
  const variants = variantsOf(armNames(read.units.values(), file), options);
  const past = new Date(0).toISOString();
  const body = { variants, metrics: metricsOf(options, read), status: 'completed', endDate: past } as const;
  const counts = countsOf(body, read.units.values());
  const results = evaluateExperiment(body, counts, { confidence, distributions, now: 0 });
  return { file, rows: read.rows, units: read.units.size, ...results };
};
