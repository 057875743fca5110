import type { Counters } from '../analytics/types.ts';
import type {
  GenerationMemory,
  GenerationReport,
  LevelCounts,
  OutcomeTallies,
  OutcomeTally,
  PopulationOutcomes,
  ValueCounts,
} from './types.ts';

const THOUSANDTHS = 1_000;

/** What one user adds to the counts of a value. */
const ofOne = ([n, sum, squares]: OutcomeTally): ValueCounts => ({
  n,
  sum,
  squares,
  users: 1,
  between: Math.round((sum * sum) / THOUSANDTHS / n),
  pairs: n * n,
});

const levelOf = (tallies: OutcomeTallies): LevelCounts =>
  Object.fromEntries(
    Object.entries(tallies).map(([cell, values]) => [
      cell,
      Object.fromEntries(
        Object.entries(values).flatMap(([value, tally]) => (tally[0] > 0 ? [[value, ofOne(tally)]] : [])),
      ),
    ]),
  );

/** What a user's generations add to the aggregation: to everybody and to each segment of the user. */
export const countGenerations = (
  { tallies }: Pick<GenerationMemory, 'tallies'>,
  segments: readonly string[],
): PopulationOutcomes => {
  const level = levelOf(tallies);
  return { everybody: level, segments: Object.fromEntries(segments.map((segment) => [segment, level])) };
};

/** The report of an aggregation, from the sums of all users. */
export const generationReport = (
  { generation }: Pick<Counters, 'generation'>,
  run: { readonly runId: string; readonly asOf: number },
): GenerationReport => ({
  ...run,
  everybody: generation?.everybody ?? {},
  segments: generation?.segments ?? {},
});
