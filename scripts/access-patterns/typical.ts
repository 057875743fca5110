import type { CatalogItem } from '../../core/catalog/types.ts';
import type { ItemNeighbours, RankedItem } from '../../core/learn/types.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';
import { newProfile, type StoredProfile } from '../../core/profile/stored-profile.ts';
import type { Interaction } from '../../core/profile/types.ts';
import type { Precomputed } from '../../core/recommend/ports.ts';

/** What a middling installation holds; every size in docs/access-patterns.md is that of these. */
export const NOW = Date.UTC(2026, 10, 21, 12);
export const RETENTION_MS = 400 * 86_400_000;
export const INTERACTIONS_PER_USER = 100;
export const USER = '3f0c9a52-7d41-4b6e-9c1a-5e8d2f7b6a90';

const MINUTE_MS = 60_000;
const PER_SESSION = 10;
const TYPES = ['view', 'view', 'view', 'click', 'like', 'complete'];
const CONTENT_TYPES = ['article', 'video', 'course', 'listing'];
const FEATURES = ['search', 'compare', 'export', 'calendar'];

const random = seededRandom(1);

const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

const hex = (digits: number): string =>
  Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');

const itemId = (): string => `item-${Math.floor(random() * 50_000)}`;

/** Interaction number `n` of a user, with what clients usually send. */
const typicalInteraction = (userId: string, n: number): Interaction => ({
  interactionId: hex(26),
  userId,
  type: pick(TYPES),
  contentId: itemId(),
  contentType: pick(CONTENT_TYPES),
  feature: n % 5 === 0 ? pick(FEATURES) : undefined,
  durationMs: Math.floor(random() * 180_000),
  sessionId: `session-${userId.slice(0, 8)}-${Math.floor(n / PER_SESSION)}`,
  device: pick(['mobile', 'desktop']),
  occurredAt: NOW - (INTERACTIONS_PER_USER - n) * 30 * MINUTE_MS,
  receivedAt: NOW,
});

export const typicalInteractions = (userId: string, count: number): Interaction[] =>
  Array.from({ length: count }, (_, n) => typicalInteraction(userId, n));

export const typicalProfile: StoredProfile = {
  ...newProfile(USER, NOW),
  attributes: { plan: 'team', city: 'Lyon', role: 'designer', teamSize: 12 },
  preferences: { theme: 'dark', density: 'compact', language: 'fr' },
  learner: {
    learningStyle: 'visual',
    interests: ['typography', 'motion'],
    careerGoals: [],
    learningObjectives: [],
  },
  marketFocus: ['residential'],
  version: 1,
};

const text = (words: number): string =>
  Array.from({ length: words }, () => hex(3 + Math.floor(random() * 6))).join(' ');

export const typicalItem = (id: string, minute = 0): CatalogItem => ({
  itemId: id,
  type: 'course',
  title: text(6),
  description: text(50),
  tags: ['design', 'colour', 'beginner'],
  topics: ['typography', 'layout'],
  genres: [],
  skills: ['figma', 'grid systems'],
  level: 'beginner',
  url: `https://example.com/courses/${id}`,
  attributes: { minutes: 45, free: false },
  updatedAt: new Date(NOW + minute * MINUTE_MS).toISOString(),
});

const ranked = (count: number): RankedItem[] =>
  Array.from({ length: count }, (_, n) => ({ itemId: itemId(), score: 0.9 ** n, count: count - n }));

export const typicalNeighbours = (): ItemNeighbours => ({
  collaborative: ranked(60),
  sequential: ranked(40),
  content: ranked(40),
});

export const typicalRanking = { generatedAt: NOW, items: ranked(500) };

export const typicalList: Precomputed = {
  modelVersion: 1,
  behaviourSeq: INTERACTIONS_PER_USER,
  computedAt: NOW,
  entries: Array.from({ length: 50 }, (_, n) => ({
    itemId: itemId(),
    score: 1 - n / 50,
    source: 'collaborative',
  })),
};

export const typicalTrace = {
  context: 'home',
  items: Array.from({ length: 10 }, () => [itemId(), Math.round(random() * 1_000) / 1_000]),
  rung: 'personalised hybrid',
  model: 12,
};
