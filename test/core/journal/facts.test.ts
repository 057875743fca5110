import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { emptyState } from '../../../core/journal/empty-state.ts';
import { type FactKind, factHash } from '../../../core/journal/fact-hash.ts';
import { factsOf, membership } from '../../../core/journal/facts.ts';
import { FACTS_PER_RUN, packFacts, unpackFacts } from '../../../core/journal/packed-facts.ts';
import { OPEN_FACTS, sealFacts } from '../../../core/journal/seal-facts.ts';
import { interaction } from '../../support/interactions.ts';

type Vectors = {
  hashes: { kind: FactKind; value: string; hash: number }[];
  packed: { facts: number[]; hex: string }[];
};

const vectors: Vectors = JSON.parse(
  readFileSync(new URL('../../vectors/journal-facts.json', import.meta.url), 'utf8'),
);

describe('fact hashes', () => {
  it.each(vectors.hashes)(
    'stay what they were when facts were stored: $kind $value',
    ({ kind, value, hash }) => {
      expect(factHash(kind, value)).toBe(hash);
    },
  );

  it('are safe integers that differ by kind and value', () => {
    const hashes = new Set<number>();
    for (let n = 0; n < 200_000; n += 1) hashes.add(factHash('id', `interaction-${n}`));
    for (let n = 0; n < 200_000; n += 1) hashes.add(factHash('seen', `interaction-${n}`));
    expect(hashes.size).toBe(400_000);
    expect([...hashes].every((hash) => Number.isSafeInteger(hash) && hash >= 0 && hash < 2 ** 48)).toBe(true);
  });

  it('spread over all their bits', () => {
    const ones = new Array<number>(48).fill(0);
    for (let n = 0; n < 4_000; n += 1) {
      const bits = factHash('id', String(n)).toString(2).padStart(48, '0');
      for (let bit = 0; bit < 48; bit += 1) ones[bit] = (ones[bit] ?? 0) + Number(bits[bit]);
    }
    for (const count of ones) expect(Math.abs(count / 4_000 - 0.5)).toBeLessThan(0.05);
  });
});

describe('packed facts', () => {
  it.each(vectors.packed)('are $hex for $facts', ({ facts, hex }) => {
    expect(Buffer.from(packFacts(facts)).toString('hex')).toBe(hex);
    expect(unpackFacts(Buffer.from(hex, 'hex'))).toEqual(facts);
  });

  it('come back as they were', () => {
    const facts = fc.array(fc.integer({ min: 0, max: 2 ** 48 - 1 }));
    fc.assert(
      fc.property(facts, (list) => expect(unpackFacts(packFacts(list))).toEqual(list)),
      { seed: 1 },
    );
  });
});

describe('facts of an interaction', () => {
  const known = (given: Parameters<typeof interaction>[0]) =>
    membership(new Set(factsOf(interaction(given))));
  const standing = (given: object) => {
    const facts = known({ interactionId: 'i', contentId: 'c', ...given });
    return [facts.seen('c'), facts.completed('c'), facts.dismissed('c')];
  };

  it('tell what it means for its content', () => {
    expect(standing({ type: 'view' })).toEqual([true, false, false]);
    expect(standing({ type: 'complete' })).toEqual([true, true, false]);
    expect(standing({ type: 'purchase' })).toEqual([true, true, false]);
    expect(standing({ type: 'view', completionRate: 0.95 })).toEqual([true, true, false]);
    expect(standing({ type: 'view', completionRate: 0.94 })).toEqual([true, false, false]);
    expect(standing({ type: 'not_interested' })).toEqual([true, false, true]);
  });

  it('are its id, its session, and nothing about contents where there is none', () => {
    expect(factsOf(interaction({ interactionId: 'i' }))).toEqual([factHash('id', 'i')]);
    expect(factsOf(interaction({ interactionId: 'i', sessionId: 's' }))).toEqual([
      factHash('id', 'i'),
      factHash('session', 's'),
    ]);
  });
});

describe('sealing', () => {
  const facts = (count: number, from = 0) => Array.from({ length: count }, (_, n) => from + n);

  it('waits until there are more open facts than the limit', () => {
    const state = { ...emptyState, seq: 3, openFacts: facts(OPEN_FACTS) };
    expect(sealFacts(state)).toEqual({ state, runs: [] });
  });

  const shape = (sealedCount: number, openCount: number, limit?: number) => {
    const [sealedFacts, openFacts] = [facts(sealedCount), facts(openCount, 1_000)];
    const { state, runs } = sealFacts({ ...emptyState, seq: 9, sealedFacts, openFacts }, limit);
    expect([...state.sealedFacts, ...state.openFacts]).toEqual([...sealedFacts, ...openFacts]);
    for (const run of runs) {
      const from = run.n * FACTS_PER_RUN;
      expect(run).toEqual({
        n: run.n,
        throughSeq: 9,
        facts: state.sealedFacts.slice(from, from + FACTS_PER_RUN),
      });
    }
    const covered =
      runs.length > 0
        ? Math.max(...runs.map(({ n, facts: { length } }) => n * FACTS_PER_RUN + length))
        : sealedCount;
    expect(covered).toBe(state.sealedFacts.length);
    return { runs: runs.map(({ n }) => n), open: state.openFacts.length };
  };

  it('continues the unfinished run and opens as many as it needs', () => {
    expect(shape(10, OPEN_FACTS + 1)).toEqual({ runs: [0], open: 0 });
    expect(shape(FACTS_PER_RUN + 10, FACTS_PER_RUN + OPEN_FACTS + 20)).toEqual({ runs: [1, 2], open: 0 });
    expect(shape(FACTS_PER_RUN, OPEN_FACTS + 1)).toEqual({ runs: [1], open: 0 });
  });

  it('stops at the end of a run where few facts remain', () => {
    expect(shape(FACTS_PER_RUN - 5, OPEN_FACTS + 2)).toEqual({ runs: [0], open: OPEN_FACTS - 3 });
    expect(shape(0, FACTS_PER_RUN)).toEqual({ runs: [0], open: 0 });
  });

  it('waits longer under a higher limit', () => {
    expect(shape(0, 60, 64)).toEqual({ runs: [], open: 60 });
  });
});
