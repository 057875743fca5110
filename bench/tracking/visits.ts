import { ulid } from 'ulid';
import { seededRandom } from '../../core/numbers/seeded-random.ts';
import type { SentInteraction } from '../../core/tracking/normalise.ts';

/** How much an interaction says about itself. */
export type Detail = 'content only' | 'with session and device' | 'with everything measured';

export const DETAILS: readonly Detail[] = [
  'content only',
  'with session and device',
  'with everything measured',
];

/** One interaction as a client sends it, and when (ms since the epoch). */
export type Visit = { readonly sent: SentInteraction; readonly at: number };

export const START = Date.UTC(2026, 10, 2, 8);

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const VISITS_PER_SESSION = 10;
const ITEMS = 50_000;

const TYPES = ['view', 'view', 'view', 'click', 'like', 'complete', 'share'];
const CONTENT_TYPES = ['article', 'video', 'course', 'listing'];
const FEATURES = ['search', 'compare', 'export', 'calendar', 'editor', 'reports'];

export type Random = () => number;

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

const hex = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');

/** An id of the length that identity providers and session libraries give (a UUID). */
export const uuid = (random: Random): string =>
  [8, 4, 4, 4, 12].map((digits) => hex(random, digits)).join('-');

/** Ids as the product makes them, from a seed. */
export const ids = (seed: number): (() => string) => {
  const random = seededRandom(seed);
  return () => ulid(START, random);
};

const about = (random: Random): SentInteraction => ({
  type: pick(random, TYPES),
  contentId: `item-${Math.floor(random() * ITEMS)}`,
  contentType: pick(random, CONTENT_TYPES),
  durationMs: Math.floor(random() * 180_000),
});

const measured = (random: Random): SentInteraction => ({
  feature: pick(random, FEATURES),
  rating: 1 + Math.floor(random() * 5),
  completionRate: Math.round(random() * 100) / 100,
  scrollDepth: Math.round(random() * 100) / 100,
  clicksCount: Math.floor(random() * 20),
  recommendationId: `${hex(random, 6)}.${ulid(START, random)}.${Math.floor(random() * 20)}`,
  position: Math.floor(random() * 20),
  context: {
    page: '/home',
    campaign: pick(random, ['autumn', 'launch', 'none']),
    column: Math.floor(random() * 3),
  },
});

/** What a user does: a session of ten interactions a day, a minute apart, over a catalogue of 50,000 items. */
export function* visits(detail: Detail, count: number, random: Random): Generator<Visit> {
  let sessionId = '';
  let device = '';
  for (let number = 0; number < count; number++) {
    const step = number % VISITS_PER_SESSION;
    if (step === 0) {
      sessionId = uuid(random);
      device = pick(random, ['mobile', 'desktop', 'tablet']);
    }
    const at = START + Math.floor(number / VISITS_PER_SESSION) * DAY_MS + step * MINUTE_MS;
    const sent = {
      ...about(random),
      ...(detail === 'content only' ? {} : { sessionId, device }),
      ...(detail === 'with everything measured' ? measured(random) : {}),
    };
    yield { sent, at };
  }
}
