import { describe, expect, it } from '@jest/globals';
import { total } from '../../scripts/cost/bill.ts';
import type { CallUse } from '../../scripts/cost/handlers.ts';
import { prices } from '../../scripts/cost/prices.ts';
import { TEXTS, textBills, textsMonth, tokenPrice } from '../../scripts/cost/text-bills.ts';
import type { TextsMeasured } from '../../scripts/cost/texts.ts';

const use = (writeUnits = 0): CallUse => ({
  table: { roundTrips: 1, readUnits: 1, writeUnits },
  cpuMs: 5,
  rounds: 1,
});

const measured: TextsMeasured = {
  dashboardNew: use(3),
  dashboardText: use(1),
  dashboardAgain: use(),
  insights: use(),
  suggestWritten: use(7),
  suggestKept: use(),
  updates: { ...use(), table: { roundTrips: 1, readUnits: 0, writeUnits: 0 } },
  worker: use(6),
  tokens: { insights: { input: 2_000, output: 400 }, suggestions: { input: 1_500, output: 200 } },
};

describe('the bill of texts', () => {
  it('prices tokens in and out apart', () => {
    const [micro] = prices.bedrock.models;
    expect(tokenPrice({ input: 1e6, output: 0 }, micro)).toBeCloseTo(0.035, 10);
    expect(tokenPrice({ input: 0, output: 1e6 }, micro)).toBeCloseTo(0.14, 10);
  });

  it('pays for the wait for a model, and for a query that finds nothing', () => {
    const { suggestWritten, suggestKept, updates } = textBills(measured);
    const waitSeconds = TEXTS.suggestionsMs / 1000;
    expect((suggestWritten.Lambda ?? 0) - (suggestKept.Lambda ?? 0)).toBeCloseTo(
      waitSeconds * prices.lambda.gigabyteSecond,
      8,
    );
    expect(updates['DynamoDB reads']).toBeCloseTo(0.5 * prices.dynamodb.readUnit, 12);
  });

  it('is higher with insights than without, the more so the more texts a dashboard has written', () => {
    const month = (textsPerDashboard: number) =>
      textsMonth(measured, { users: 1_000, days: 30, textsPerDashboard });
    const [few, many] = [month(0.2), month(0.8)];
    expect(total(few.off)).toBeCloseTo(total(many.off), 10);
    expect(total(few.on)).toBeGreaterThan(total(few.off));
    expect(total(many.on)).toBeGreaterThan(total(few.on));
    expect(many.texts.insights).toBeCloseTo(1_000 * 30 * TEXTS.dashboardsPerUserAndDay * 0.8, 6);
  });
});
