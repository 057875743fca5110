import { seededRandom } from '../../core/numbers/seeded-random.ts';
import type { Interaction } from '../../core/profile/types.ts';
import { ids, uuid } from '../tracking/visits.ts';
import { relatedItem } from './catalogue.ts';

/** So many users who did so much each. */
export type UserGroup = { readonly users: number; readonly interactions: number };

export type History = { readonly userId: string; readonly interactions: readonly Interaction[] };

const PER_SESSION = 10;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const TYPES = ['view', 'view', 'view', 'click', 'like', 'save', 'complete'];
const TASTES = 4;

type Random = () => number;

const interactionsOf = (
  userId: string,
  { count, items, until }: { count: number; items: number; until: number },
  random: Random,
  newId: () => string,
): Interaction[] => {
  const tastes = Array.from({ length: TASTES }, () => Math.floor(random() * items));
  const sessions = Math.ceil(count / PER_SESSION);
  return Array.from({ length: count }, (_, index) => {
    const session = Math.floor(index / PER_SESSION);
    const at = until - (sessions - session) * DAY_MS + (index % PER_SESSION) * MINUTE_MS;
    return {
      interactionId: newId(),
      userId,
      type: TYPES[Math.floor(random() * TYPES.length)] as string,
      contentId: relatedItem(tastes[session % TASTES] as number, items, random),
      contentType: 'article',
      durationMs: Math.floor(random() * 120_000),
      sessionId: `${userId.slice(0, 8)}-${session}`,
      device: session % 3 === 0 ? 'desktop' : 'mobile',
      occurredAt: at,
      receivedAt: at,
    };
  });
};

/** Histories of a session of ten interactions a day, the last one on the day before `until` (ms since the epoch). */
export function* generateHistories(
  group: UserGroup,
  { items, until, seed }: { items: number; until: number; seed: number },
): Generator<History> {
  const random = seededRandom(seed);
  const newId = ids(seed + 1);
  for (let user = 0; user < group.users; user++) {
    const userId = uuid(random);
    const count = group.interactions;
    yield { userId, interactions: interactionsOf(userId, { count, items, until }, random, newId) };
  }
}
