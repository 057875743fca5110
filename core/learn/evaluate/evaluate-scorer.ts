import type { Scorer } from '../models/model.ts';
import { type Audit, addList } from './audit.ts';
import type { Cases } from './cases.ts';
import { addCase, type MetricKey, type MetricSums, makeMetricSums, meanMetrics, ndcgAt } from './metrics.ts';
import { makeRanker, type Ranker, rankAll, rankAmong } from './ranker.ts';

export type EvaluateOptions = {
  /** Items of the data set: the length of a row of scores. */
  items: number;
  cutOffs: readonly number[];
  /** Where rows of scores are written; its length decides how many histories are scored at once. At least `items` long. */
  buffer: Float32Array;
  /** Adds the list of every case (as long as the first cut-off, from the full catalogue), with its NDCG, and its group. */
  audit?: { sums: Audit; groupOf?: (caseNumber: number) => string | undefined };
  onProgress?: (done: number, total: number) => void;
};

const MOST_AT_ONCE = 256;

/** A buffer of rows of scores, of at most `bytes` or one row. */
export function scoreBufferLength(items: number, bytes: number): number {
  const rows = Math.floor(bytes / Float32Array.BYTES_PER_ELEMENT / Math.max(1, items));
  return items * Math.max(1, Math.min(MOST_AT_ONCE, rows));
}

/** Asks a scorer every case and gives the mean metrics; cases without a target are left out. */
export function evaluateScorer(
  scorer: Scorer,
  cases: Cases,
  { items, cutOffs, buffer, audit, onProgress }: EvaluateOptions,
): Record<MetricKey, number> {
  const run: Run = {
    cases,
    cutOffs,
    audit,
    sums: makeMetricSums(cutOffs),
    ranker: makeRanker(Math.max(...cutOffs)),
  };
  const total = cases.histories.length;
  const atOnce = Math.max(1, Math.floor(buffer.length / Math.max(1, items)));
  for (let first = 0; first < total; first += atOnce) {
    const histories = cases.histories.slice(first, first + atOnce);
    const scores = buffer.subarray(0, histories.length * items);
    scorer.score(histories, scores);
    for (let at = 0; at < histories.length; at++) {
      countCase(run, first + at, scores.subarray(at * items, (at + 1) * items));
    }
    onProgress?.(first + histories.length, total);
  }
  return meanMetrics(run.sums);
}

type Run = Pick<EvaluateOptions, 'cutOffs' | 'audit'> & { cases: Cases; sums: MetricSums; ranker: Ranker };

/** Ranks one case and adds it to the sums. Lists for the audit come from the full catalogue even where candidates are given. */
function countCase({ cases, cutOffs, audit, sums, ranker }: Run, number: number, row: Float32Array): void {
  const targets = cases.targets[number]!;
  const candidates = cases.candidates?.[number];
  if (targets.length === 0) return;
  if (candidates === undefined) rankAll(ranker, row, { targets, excluded: cases.excluded?.[number] });
  else rankAmong(ranker, row, { targets, candidates });
  addCase(sums, ranker.ranks, targets.length);
  if (audit === undefined) return;
  const quality = ndcgAt(ranker.ranks, targets.length, cutOffs[0]!);
  if (candidates !== undefined) rankAll(ranker, row, { targets, excluded: cases.excluded?.[number] });
  addList(audit.sums, {
    items: ranker.list,
    size: Math.min(ranker.listSize, cutOffs[0]!),
    quality,
    group: audit.groupOf?.(number),
  });
}
