import { describe, expect, it } from '@jest/globals';
import {
  addBills,
  billedMs,
  invocationBill,
  LAMBDA,
  tableBill,
  times,
  total,
} from '../../scripts/cost/bill.ts';
import { prices } from '../../scripts/cost/prices.ts';

describe('a bill', () => {
  it('prices units of the table by the million', () => {
    const bill = times(1e6, tableBill({ roundTrips: 3, readUnits: 2, writeUnits: 3 }));
    expect(bill['DynamoDB writes']).toBeCloseTo(3 * 0.625, 9);
    expect(bill['DynamoDB reads']).toBeCloseTo(2 * 0.125, 9);
    expect(total(bill)).toBeCloseTo(2.125, 9);
  });

  it('adds service by service', () => {
    const sum = addBills({ Lambda: 1, SQS: 2 }, { SQS: 3, KMS: 1 }, {});
    expect(sum).toEqual({ Lambda: 1, SQS: 5, KMS: 1 });
    expect(total(sum)).toBe(7);
  });

  it('stretches processor time by the share of a processor that comes with the memory, and adds the waits', () => {
    const call = { cpuMs: 4, rounds: 3, logBytes: 0 };
    expect(billedMs({ ...call, memoryMb: LAMBDA.memoryOfOneProcessorMb })).toBe(4 + 3 * LAMBDA.roundMs);
    expect(billedMs({ ...call, memoryMb: LAMBDA.memoryOfOneProcessorMb / 2 })).toBe(8 + 3 * LAMBDA.roundMs);
    // More memory than one processor's makes a single thread no faster.
    expect(billedMs({ ...call, memoryMb: 10_240 })).toBe(4 + 3 * LAMBDA.roundMs);
  });

  it('of an invocation is its time by its memory, the request, the log and the sampled trace', () => {
    const bill = invocationBill({
      memoryMb: 1_024,
      cpuMs: 0,
      rounds: 20,
      logBytes: 1e9 - LAMBDA.platformLogBytes,
    });
    expect(bill.Lambda).toBeCloseTo(0.1 * prices.lambda.gigabyteSecond + prices.lambda.request, 12);
    expect(bill['CloudWatch logs']).toBeCloseTo(prices.logs.gigabyte, 9);
    expect(bill['X-Ray']).toBeCloseTo(0.05 * 5e-6, 12);
  });
});
