import * as fc from 'fast-check';
import type { Behaviour } from '../../../core/profile/behaviour.ts';
import { emptyBehaviour } from '../../../core/profile/behaviour.ts';
import { foldInteractions } from '../../../core/profile/fold/fold-interactions.ts';
import type { CountedInteraction } from '../../../core/profile/types.ts';

export const NOW = Date.UTC(2026, 10, 20, 12);
export const DAY = 86_400_000;
export const MINUTE = 60_000;

let made = 0;

/** A plain view an hour before `NOW`, with what the test needs. */
export const interaction = (parts: Partial<CountedInteraction> = {}): CountedInteraction => {
  const occurredAt = parts.occurredAt ?? NOW - 3_600_000;
  made += 1;
  return {
    interactionId: `i-${made}`,
    userId: 'ada',
    type: 'view',
    occurredAt,
    receivedAt: occurredAt,
    firstOfSession: false,
    ...parts,
  };
};

export const fold = (...interactions: CountedInteraction[]): Behaviour =>
  foldInteractions(emptyBehaviour(), interactions);

/** `count` interactions, one each `every` ms, the last `ago` ms before `NOW`. */
export const series = (
  count: number,
  { every = DAY, ago = 0, ...parts }: Partial<CountedInteraction> & { every?: number; ago?: number },
): CountedInteraction[] =>
  Array.from({ length: count }, (_, i) => interaction({ occurredAt: NOW - ago - i * every, ...parts }));

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

const TYPES = [
  'view',
  'click',
  'like',
  'purchase',
  'complete',
  'dismiss',
  'dislike',
  'impression',
  'odd_type',
  'quiz',
  'submission',
  'fail',
];
/** Few names, so that they repeat; the last ones are those of object members. */
const NAMES = ['a', 'b', 'c', 'd', '__proto__', 'constructor'];

/** Any interaction that the edge lets through; few distinct times, names and sessions, so that ties and joins occur. */
export const anyInteraction: fc.Arbitrary<CountedInteraction> = fc.record({
  interactionId: fc.uuid(),
  userId: fc.constant('ada'),
  type: fc.oneof(fc.constantFrom(...TYPES), fc.constantFrom('session_start', 'content_preference', 'rating')),
  contentId: optional(fc.constantFrom(...NAMES, 'i1', 'i2', 'i3')),
  contentType: optional(fc.constantFrom(...NAMES)),
  feature: optional(fc.constantFrom(...NAMES)),
  value: optional(
    fc.oneof(
      fc.double({ min: -1e12, max: 1e12, noNaN: true }),
      fc.double({ min: -20, max: 120, noNaN: true }),
    ),
  ),
  rating: optional(fc.double({ min: 1, max: 5, noNaN: true })),
  completionRate: optional(fc.double({ min: 0, max: 1, noNaN: true })),
  durationMs: optional(fc.double({ min: 0, max: 30 * DAY, noNaN: true })),
  scrollDepth: optional(fc.double({ min: 0, max: 1, noNaN: true })),
  clicksCount: optional(fc.nat(1_000_000)),
  sentiment: optional(fc.double({ min: -1, max: 1, noNaN: true })),
  sessionId: optional(fc.constantFrom('s1', 's2', 's3', 's4')),
  device: optional(fc.constantFrom('mobile', 'desktop', '__proto__')),
  context: optional(
    fc.record(
      {
        topic: fc.oneof(fc.constantFrom(...NAMES, ' Algebra ', 'algebra'), fc.integer()),
        skill: fc.constantFrom(...NAMES),
        expectedMs: fc.oneof(fc.double({ min: -10, max: 30 * DAY, noNaN: true }), fc.constant('soon')),
      },
      { requiredKeys: [] },
    ),
  ),
  occurredAt: fc.oneof(
    fc.integer({ min: NOW - 400 * DAY, max: NOW }),
    fc.integer({ min: 0, max: 60 }).map((minutes) => NOW - minutes * MINUTE),
  ),
  receivedAt: fc.constant(NOW),
  firstOfSession: fc.boolean(),
});

export const anyHistory = (maxLength = 80): fc.Arbitrary<CountedInteraction[]> =>
  fc.array(anyInteraction, { maxLength });

/** The same items in another order, decided by `seed`. */
export const shuffled = <T>(items: readonly T[], seed: number): T[] => {
  const out = [...items];
  let state = seed >>> 0;
  for (let i = out.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = state % (i + 1);
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
};

/** Compares deeply; numbers may differ by 1e-12 of their size. Answers the first path that differs, or null. */
export const difference = (a: unknown, b: unknown, path = '$'): string | null => {
  if (typeof a === 'number' && typeof b === 'number') {
    return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b))
      ? null
      : `${path}: ${a} against ${b}`;
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return a === b ? null : `${path}: ${String(a)} against ${String(b)}`;
  }
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const key of keys) {
    const found = difference(
      (a as Record<string, unknown>)[key],
      (b as Record<string, unknown>)[key],
      `${path}.${key}`,
    );
    if (found) return found;
  }
  return null;
};
