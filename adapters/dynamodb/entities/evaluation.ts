import type { Evaluation, PastEvaluation } from '../../../core/experiments/evaluation/types.ts';
import { activityHour } from '../../../core/journal/activity-hour.ts';
import { type Item, key, ttlSeconds } from '../keys.ts';
import { packJson, unpackJson } from '../packed-json.ts';
import { linePartition } from './outcome.ts';

export const RESULTS_SORT = 'RESULTS';
export const PAST_RESULTS_SORT = `${RESULTS_SORT}#`;

const PAST_KEPT_MS = 90 * 24 * 3_600_000;

export const evaluationKey = (line: string) => key(linePartition(line), RESULTS_SORT);

export const evaluationToItem = (line: string, evaluation: Evaluation): Item => ({
  ...evaluationKey(line),
  EntityType: 'ExperimentResults',
  v: 1,
  evaluatedAt: evaluation.evaluatedAt,
  body: packJson(evaluation),
});

export const evaluationFromItem = (item: Item): Evaluation => unpackJson<Evaluation>(item.body);

/** `RESULTS#2026-11-21T12`: sorts by time; a repeat within the hour takes the place of what was there. */
export const pastEvaluationToItem = (line: string, past: PastEvaluation): Item => ({
  ...key(linePartition(line), `${PAST_RESULTS_SORT}${activityHour(past.evaluatedAt)}`),
  EntityType: 'PastExperimentResults',
  v: 1,
  body: packJson(past),
  ttl: ttlSeconds(past.evaluatedAt + PAST_KEPT_MS),
});

export const pastEvaluationFromItem = (item: Item): PastEvaluation => unpackJson<PastEvaluation>(item.body);
