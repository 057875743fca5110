import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  type AuditFigures,
  addList,
  auditFigures,
  makeAudit,
} from '../../../../core/learn/evaluate/audit.ts';
import {
  addCase,
  type MetricName,
  makeMetricSums,
  meanMetrics,
} from '../../../../core/learn/evaluate/metrics.ts';
import { makeRanker, rankAll, rankAmong } from '../../../../core/learn/evaluate/ranker.ts';
import { expectNear } from '../../../support/near.ts';

type Vectors = {
  metrics: { name: string; ranks: number[]; cutOff: number; expected: Record<MetricName, number> }[];
  rankings: {
    name: string;
    row: (number | null)[];
    targets: number[];
    excluded?: number[];
    candidates?: number[];
    depth: number;
    ranks: number[];
    list?: number[];
  }[];
  audit: {
    interactions: number[];
    users: number;
    lists: { items: number[]; quality: number; group: string }[];
    expected: AuditFigures;
  };
};

const vectors = JSON.parse(
  readFileSync(new URL('../../../vectors/metrics.json', import.meta.url), 'utf8'),
) as Vectors;

describe('metrics', () => {
  it.each(vectors.metrics)('$name', ({ ranks, cutOff, expected }) => {
    const sums = makeMetricSums([cutOff]);
    addCase(sums, Int32Array.from(ranks), ranks.length);
    const named = Object.entries(expected).map(([name, value]) => [`${name}@${cutOff}`, value]);
    expectNear(meanMetrics(sums), Object.fromEntries(named));
  });

  it('are means over cases', () => {
    const sums = makeMetricSums([1, 2]);
    addCase(sums, Int32Array.of(0), 1);
    addCase(sums, Int32Array.of(1), 1);
    expect(meanMetrics(sums)).toMatchObject({ 'hr@1': 0.5, 'hr@2': 1, 'mrr@2': 0.75 });
  });

  it('are 0 where nobody was asked', () => {
    expect(meanMetrics(makeMetricSums([10]))).toMatchObject({ 'hr@10': 0, 'ndcg@10': 0 });
  });
});

describe('rankings', () => {
  it.each(vectors.rankings)('$name', ({ row, targets, excluded, candidates, depth, ranks, list }) => {
    const ranker = makeRanker(depth);
    const scores = Float32Array.from(row, (score) => score ?? Number.NaN);
    const asked = Int32Array.from(targets);
    if (candidates !== undefined) {
      rankAmong(ranker, scores, { targets: asked, candidates: Int32Array.from(candidates) });
    } else {
      rankAll(ranker, scores, { targets: asked, excluded: excluded && Int32Array.from(excluded) });
    }
    expect([...ranker.ranks.subarray(0, targets.length)]).toEqual(ranks);
    if (list !== undefined) expect([...ranker.list.subarray(0, ranker.listSize)]).toEqual(list);
  });
});

describe('the audit', () => {
  it('says what lists do to the catalogue and to groups', () => {
    const { interactions, users, lists, expected } = vectors.audit;
    const audit = makeAudit(interactions, users);
    for (const list of lists) addList(audit, { ...list, size: list.items.length });
    expectNear(auditFigures(audit), expected);
  });

  it('has figures for no lists, no items and no interactions', () => {
    expect(auditFigures(makeAudit([], 0))).toMatchObject({
      coverage: 0,
      gini: 0,
      novelty: 0,
      popularityBias: 0,
    });
    const untouched = makeAudit([0, 0], 0);
    addList(untouched, { items: [1], size: 1 });
    expect(auditFigures(untouched)).toMatchObject({ coverage: 0.5, novelty: 0, popularityBias: 0 });
  });
});
