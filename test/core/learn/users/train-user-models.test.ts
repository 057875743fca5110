import { describe, expect, it } from '@jest/globals';
import { specialFunctions } from '../../../../adapters/numbers/special-functions.ts';
import { churnFrom } from '../../../../core/learn/users/churn/churn-from.ts';
import { lifetimeFrom } from '../../../../core/learn/users/lifetime/lifetime-from.ts';
import { clusterOf } from '../../../../core/learn/users/segments/cluster-of.ts';
import { trainUserModels } from '../../../../core/learn/users/train-user-models.ts';
import type { UserRow } from '../../../../core/learn/users/types.ts';
import { HORIZON_DAYS, NOW, population } from './population.ts';

const options = { version: 3, now: NOW, seed: 1, special: specialFunctions, horizonDays: HORIZON_DAYS };
const rows = population(700, 1);

describe('the user models of a tenant', () => {
  const { models, report } = trainUserModels(rows, options);

  it('are a small JSON document that says the same after reading', () => {
    const text = JSON.stringify(models);
    expect(text.length).toBeLessThan(100_000);
    expect(JSON.parse(text)).toEqual(models);
    expect(models).toMatchObject({ version: 3, trainedAt: NOW });
    expect(text).not.toMatch(/u12|s12|c12/);
  });

  it('predict churn far better than its share, calibrated', () => {
    if (!report.churn.trained) throw new Error(report.churn.reason);
    expect(report.churn.auc).toBeGreaterThan(0.8);
    expect(report.churn.logLoss).toBeLessThan(0.8 * report.churn.baseLogLoss);
    expect(report.churn.calibration.expectedError).toBeLessThan(0.1);
  });

  it('explain the risk: contributions add up to its log-odds, and silence raises it', () => {
    for (const { v } of rows.slice(0, 50)) {
      const { risk, factors, method } = churnFrom(models.churn!, v);
      const logOdds = factors.reduce((sum, { contribution }) => sum + contribution, 0);
      expect(Math.abs(1 / (1 + Math.exp(-logOdds)) - risk)).toBeLessThan(2e-3);
      expect(method).toBe('model');
      expect(factors.at(-1)?.factor).toBe('average');
      for (const { detail } of factors) expect(detail).toMatch(/\w/);
    }
    const mean = (users: UserRow[]) =>
      users.reduce((sum, { v }) => sum + churnFrom(models.churn!, v).risk, 0) / users.length;
    const bySilence = [...rows].sort((a, b) => a.v[0]! - b.v[0]!);
    expect(mean(bySilence.slice(-60))).toBeGreaterThan(mean(bySilence.slice(0, 60)) + 0.4);
  });

  it('expect of the past what has come since', () => {
    if (!report.lifetime.trained) throw new Error(report.lifetime.reason);
    const { holdout } = report.lifetime;
    expect(holdout!.actual).toBeGreaterThan(30);
    expect(Math.abs(Math.log(holdout!.expected / holdout!.actual))).toBeLessThan(0.5);
    const payer = rows.find(({ payments }) => payments && payments.frequency > 2)!;
    const { expected, pAlive } = lifetimeFrom(models.lifetime!, payer.payments!, 365);
    expect(expected).toBeGreaterThan(0);
    expect(pAlive).toBeGreaterThan(0);
    expect(pAlive).toBeLessThanOrEqual(1);
  });

  it('put every user into a named segment', () => {
    for (const { v } of rows.slice(0, 50))
      expect(models.segments!.names).toContain(clusterOf(models.segments!, v).name);
    expect(models.segments!.sizes.reduce((sum, size) => sum + size, 0)).toBe(rows.length);
  });

  it('say that nothing was given to learn preferences from', () => {
    expect(report.preference).toEqual({ trained: false, reason: 'no examples were given', samples: 0 });
  });

  it('are the same again, and not disturbed by rows that are broken', () => {
    const broken = [
      null,
      {},
      { v: [1, 2] },
      { v: rows[0]!.v.map(() => Number.NaN), past: { v: [], churned: 0 } },
      { v: 'text', payments: 'none' },
    ] as unknown as UserRow[];
    const again = trainUserModels([...rows, ...broken], options);
    expect(again.models).toEqual(models);
    expect(again.report).toMatchObject({ rows: rows.length + 5, skipped: 5 });
  });
});

describe('with too little data', () => {
  it.each([
    ['nobody', []],
    ['one user', rows.slice(0, 1)],
    ['twenty users', rows.slice(0, 20)],
    ['the same user many times', Array.from({ length: 200 }, () => rows[0]!)],
    [
      'payments that make no sense',
      rows.slice(0, 20).map((row) => ({ ...row, payments: { frequency: Number.NaN } })),
    ],
  ] as [string, UserRow[]][])('%s: no model, and the reasons', (_, few) => {
    const { models, report } = trainUserModels(few, options);
    expect(models.churn).toBeUndefined();
    expect(models.lifetime).toBeUndefined();
    for (const outcome of [report.churn, report.lifetime]) {
      if (outcome.trained) throw new Error('trained on too little');
      expect(outcome.reason.length).toBeGreaterThan(10);
    }
  });

  it('labels by chance make no churn model', () => {
    const chance = rows.flatMap((row, n) =>
      row.past
        ? [{ ...row, past: { ...row.past, churned: (n * 7919) % 2 === 0 ? (1 as const) : (0 as const) } }]
        : [],
    );
    const { models, report } = trainUserModels(chance.slice(0, 500), options);
    expect(models.churn).toBeUndefined();
    expect(report.churn).toMatchObject({ trained: false, reason: expect.stringContaining('no better') });
  });

  it('examples without a pattern make no preference model', () => {
    const examples = Array.from({ length: 400 }, (_, n) => ({
      x: [Math.sin(n), Math.cos(n * n)],
      y: (n % 2) as 0 | 1,
    }));
    const { models, report } = trainUserModels([], {
      ...options,
      preference: { examples, features: ['a', 'b'] },
    });
    expect(models.preference).toBeUndefined();
    expect(report.preference).toMatchObject({ trained: false });
  });
});
