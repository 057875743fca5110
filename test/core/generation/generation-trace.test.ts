import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decisionToItem } from '../../../adapters/dynamodb/entities/decision.ts';
import { itemBytes, WRITE_UNIT_BYTES } from '../../../adapters/dynamodb/item-size.ts';
import { explainGeneration } from '../../../core/decisions/explain-generation.ts';
import {
  generationTraceOf,
  isGenerationTrace,
  shorterGenerationTrace,
} from '../../../core/generation/generation-trace.ts';
import type { ChosenParameter } from '../../../core/generation/types.ts';

const text = (maxLength: number) => fc.string({ unit: 'binary', minLength: 1, maxLength });

const parameter: fc.Arbitrary<ChosenParameter> = fc.record({
  name: text(40),
  value: fc.oneof(text(60), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true })),
  expected: fc.double({ min: 0, max: 1, noNaN: true }),
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  from: fc.constantFrom('user' as const, 'segment' as const, 'default' as const),
  reason: text(200),
});

const made = fc.record({
  domain: text(40),
  generationId: text(100),
  place: fc.record({ purpose: text(100), device: text(100) }),
  parameters: fc.array(parameter, { maxLength: 20 }),
});

describe('the trace of a generation', () => {
  it('costs one write unit at most, whatever was chosen, and tells what was kept', () => {
    fc.assert(
      fc.property(made, text(100), (given, userId) => {
        const body = generationTraceOf(given);
        const decision = { userId, decisionId: `abcdef.${'0'.repeat(26)}`, decidedAt: 1, body };
        const item = decisionToItem(decision, shorterGenerationTrace);
        expect(itemBytes(item)).toBeLessThanOrEqual(WRITE_UNIT_BYTES);
      }),
      { seed: 8, numRuns: 100 },
    );
  });

  it('is explained with a note where sentences are missing', () => {
    const parameters: ChosenParameter[] = [
      { name: 'a', value: 1, expected: 0.5, confidence: 0.2, from: 'default', reason: 'short' },
      { name: 'b', value: true, expected: 0.7, confidence: 0.6, from: 'user', reason: 'rather longer' },
    ];
    const trace = generationTraceOf({ domain: 'video', generationId: 'g', place: {}, parameters });
    expect(isGenerationTrace(trace)).toBe(true);
    expect(explainGeneration(trace)).toMatchObject({
      kind: 'generation',
      notes: [],
      generation: { parameters },
    });
    const shorter = shorterGenerationTrace(trace)!;
    const explained = explainGeneration(shorter);
    expect(explained.generation!.parameters.map(({ reason }) => reason)).toEqual(['short', '']);
    expect(explained.notes).toHaveLength(1);
    const last = [1, 2, 3].reduce<typeof trace | undefined>(
      (one) => one && shorterGenerationTrace(one),
      shorter,
    );
    expect(last?.parameters).toEqual([]);
    expect(shorterGenerationTrace(last!)).toBeUndefined();
  });
});
