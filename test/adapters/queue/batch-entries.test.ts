import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { batchEntries, largestBatch, sized } from '../../../adapters/queue/batch-entries.ts';

describe('batchEntries', () => {
  it('keeps order and both limits for any sizes', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: largestBatch.bytes }), { maxLength: 60 });
    fc.assert(
      fc.property(sizes, (lengths) => {
        const bodies = lengths.map((bytes, index) => ({ body: String(index), bytes }));
        const batches = batchEntries(bodies);
        expect(batches.flat()).toEqual(bodies);
        for (const batch of batches) {
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(largestBatch.entries);
          expect(batch.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(largestBatch.bytes);
        }
      }),
      { seed: 7 },
    );
  });

  it('measures bytes, not characters', () => {
    expect(sized('žluť').bytes).toBe(6);
  });

  it('refuses a body that no batch can hold', () => {
    expect(() => batchEntries([sized('x'.repeat(largestBatch.bytes + 1))])).toThrow(RangeError);
  });
});
