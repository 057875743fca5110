import fc from 'fast-check';
import type { ConfigFacts } from '../../core/config/inputs.ts';
import type { ConfigTrace } from '../../core/decisions/config-trace.ts';
import { newConfigDecisionId } from '../../core/decisions/decision-id.ts';
import type { ConfigDecision, ConfigHead } from '../../core/decisions/ports.ts';
import { SEGMENT_NAMES } from '../../core/segments/segment-thresholds.ts';
import { DAY } from './clock.ts';
import { NOON } from './interactions.ts';

/** Any word that a client may send, the ones that are hard to deflate and those of three bytes a letter among them. */
const anyWord = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom('search', 'export', 'calendar', 'reports', 'team') },
  { weight: 8, arbitrary: fc.string({ minLength: 1, maxLength: 12 }) },
  fc.string({ minLength: 90, maxLength: 100 }),
  fc
    .array(fc.integer({ min: 0x4e00, max: 0x9fa5 }), { minLength: 60, maxLength: 100 })
    .map((codes) => String.fromCodePoint(...codes)),
);

const anyCount = fc.integer({ min: 0, max: 100_000 });

const anyFacts: fc.Arbitrary<ConfigFacts> = fc.record({
  interactions: anyCount,
  skill: fc.constantFrom('beginner', 'intermediate', 'advanced', 'expert'),
  segments: fc.array(
    fc.record({
      name: fc.constantFrom(...SEGMENT_NAMES),
      confidence: fc.double({ min: 0.1, max: 1, noNaN: true }),
    }),
    { maxLength: 7 },
  ),
  nightPercent: fc.integer({ min: 0, max: 100 }),
  features: fc.array(fc.tuple(anyWord, anyCount), { maxLength: 48 }),
  adopted: fc.tuple(anyCount, anyCount, anyCount),
  contentTypes: fc.array(fc.tuple(anyWord, anyCount, anyCount), { maxLength: 20 }),
  stated: fc.record({ hiddenFeatures: fc.array(anyWord, { maxLength: 50 }) }, { requiredKeys: [] }),
});

export const anyConfigTrace: fc.Arbitrary<ConfigTrace> = fc.record(
  {
    c: anyWord,
    d: anyWord,
    l: anyWord,
    z: fc.constantFrom('Europe/Amsterdam', 'America/Argentina/ComodRivadavia'),
    s: fc.tuple(anyCount, anyCount, fc.nat()),
    f: anyFacts,
    v: fc.array(fc.oneof(fc.constant(null), fc.jsonValue({ maxDepth: 1 }), anyWord, anyCount), {
      maxLength: 60,
    }),
    a: fc.array(fc.tuple(anyCount, anyWord, fc.constant(NOON)), { minLength: 1, maxLength: 12 }),
  },
  { requiredKeys: ['c', 's', 'f', 'v'] },
) as fc.Arbitrary<ConfigTrace>;

const hex = (digits: number) =>
  fc
    .array(fc.integer({ min: 0, max: 15 }), { minLength: digits, maxLength: digits })
    .map((list) => list.map((digit) => digit.toString(16)).join(''));

/** The last decisions of up to 40 contexts, of the last 40 days (one clock may be ahead): more than an item may hold. */
const anyHeads = (): fc.Arbitrary<[string, ConfigHead][]> =>
  fc.uniqueArray(
    fc
      .tuple(hex(6), hex(8), hex(10), fc.integer({ min: -60_000, max: 40 * DAY }))
      .map(([context, chance, digest, ago]): [string, ConfigHead] => [
        context,
        { decisionId: newConfigDecisionId(NOON - ago, () => chance), digest },
      ]),
    { maxLength: 40, selector: ([context]) => context },
  );

const latestFirst = ([, a]: [string, ConfigHead], [, b]: [string, ConfigHead]) =>
  a.decisionId < b.decisionId ? 1 : -1;

/** A config decision of a user whose id has up to 128 characters. */
export const anyConfigDecision: fc.Arbitrary<ConfigDecision> = fc
  .record({
    userId: fc.integer({ min: 1, max: 128 }).map((length) => 'u'.repeat(length)),
    chance: hex(8),
    context: hex(6),
    digest: hex(10),
    earlier: anyHeads(),
    body: anyConfigTrace,
  })
  .map(({ chance, earlier, ...decision }) => ({
    ...decision,
    decisionId: newConfigDecisionId(NOON, () => chance),
    decidedAt: NOON,
    earlier: new Map(earlier.sort(latestFirst)),
  }));
