import type { CatalogItem } from '../../core/catalog/types.ts';
import type { ItemNeighbours, RankedItem } from '../../core/learn/types.ts';
import type { UserModels } from '../../core/learn/users/types.ts';
import type { ModelCard } from '../../core/models/model-card.ts';
import type { KeptModel } from '../../core/models/ports.ts';
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

const typicalWeights = { collaborative: 0.3, sequential: 0.4, content: 0.15, popular: 0.05, interests: 0.1 };

export const typicalKept: KeptModel = {
  model: {
    version: 1,
    slot: 1,
    weights: { ...typicalWeights, positionDecay: 0.65, halfScore: 0.1 },
    trainedAt: NOW,
    counts: { users: 100_000, items: 50_000, interactions: 1_000_000 },
  },
  rankings: { popular: typicalRanking, engagement: typicalRanking, 'segment:power_user': typicalRanking },
};

const numbers = (count: number): number[] => Array.from({ length: count }, () => random());

/** Five centroids of 23 features, as k-means leaves them, and what standardises them. */
export const typicalUserModels: UserModels = {
  version: 1,
  trainedAt: NOW,
  segments: {
    features: Array.from({ length: 23 }, (_, n) => `feature ${n}`),
    standardization: { means: numbers(23), scales: numbers(23) },
    centroids: Array.from({ length: 5 }, () => numbers(23)),
    names: ['a', 'b', 'c', 'd', 'e'],
    sizes: [1, 2, 3, 4, 5],
  },
};

export const typicalCard: ModelCard = {
  runId: 'run-1',
  startedAt: NOW,
  finishedAt: NOW + 600_000,
  version: 1,
  decision: 'promoted',
  reason: 'not worse than popularity',
  engine: 'lambda',
  models: ['hybrid', 'collaborative', 'sequential', 'content', 'segments', 'churn', 'lifetime'].map(
    (name) => ({
      name,
      trained: true,
      promoted: true,
      reason: 'better than popularity on 2,000 held-out users',
      metrics: { 'hr@10': random(), 'ndcg@10': random(), 'precision@10': random(), 'recall@10': random() },
      baseline: { name: 'popularity', metrics: { 'hr@10': random(), 'ndcg@10': random() } },
    }),
  ),
};
