import { describe, expect, it } from '@jest/globals';
import { total } from '../../scripts/cost/bill.ts';
import type { CallUse } from '../../scripts/cost/handlers.ts';
import { prices } from '../../scripts/cost/prices.ts';
import { dayBill, productBills, productMonths } from '../../scripts/cost/product-bills.ts';
import type { ProductsMeasured } from '../../scripts/cost/products.ts';

const use = (writeUnits = 0, readUnits = 1): CallUse => ({
  table: { roundTrips: 1, readUnits, writeUnits },
  cpuMs: 5,
  rounds: 1,
});

const measured: ProductsMeasured = {
  firstOfDay: use(3, 2),
  unlocking: use(5),
  achievements: use(),
  claim: use(1),
  pathNew: use(2),
  path: use(),
  progress: use(4),
  parameters: use(2),
  outcome: use(1),
  templates: use(1),
  settingsNew: use(1),
  settingsAgain: use(),
  metrics: use(),
  homepageNew: use(2),
  homepageKept: use(),
  pageUnits: 1,
};

describe('the bill of single products', () => {
  it('pays the bus for an unlocked achievement, and nobody else', () => {
    const { unlocking, ...others } = productBills(measured);
    expect(unlocking.EventBridge).toBe(prices.eventBridge.event);
    for (const bill of Object.values(others)) expect(bill.EventBridge).toBeUndefined();
  });

  it('adds to a day what its first interaction costs beside the others, and never takes away', () => {
    const { writeUnit, readUnit } = prices.dynamodb;
    expect(total(dayBill(measured, use(2)))).toBeCloseTo(writeUnit + readUnit, 12);
    expect(total(dayBill(measured, use(9, 9)))).toBe(0);
  });

  it('grows with users and days, and has a page of the night for every user of a product with homepages', () => {
    const month = (users: number, given: Partial<ProductsMeasured> = {}) =>
      productMonths({ ...measured, ...given }, { users, days: 30 });
    const [one, two] = [month(1_000), month(2_000)];
    for (const product of ['learning', 'video', 'film'] as const)
      expect(total(two[product])).toBeCloseTo(2 * total(one[product]), 8);
    const withoutPages = month(1_000, { pageUnits: 0 });
    expect(total(one.film) - total(withoutPages.film)).toBeCloseTo(1_000 * 30 * prices.dynamodb.writeUnit, 8);
    expect(total(one.video)).toBe(total(withoutPages.video));
  });
});
