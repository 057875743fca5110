import type { ActivityReport } from '../../core/analytics/types.ts';
import type { CatalogItem } from '../../core/catalog/types.ts';
import { newConfigDecisionId } from '../../core/decisions/decision-id.ts';
import type { ConfigDecision } from '../../core/decisions/ports.ts';
import type { StickyAssignments } from '../../core/experiments/types.ts';
import type { GenerationMemory } from '../../core/generation/types.ts';
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

/** Arms of ten experiments. */
export const typicalArms: StickyAssignments = Object.fromEntries(
  Array.from({ length: 10 }, (_, n) => [`2k${n}qv8zt0x`, ['treatment', NOW, 0.5]]),
);

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

const typicalConfigId = (hoursAgo: number): string =>
  newConfigDecisionId(NOW - hoursAgo * 60 * MINUTE_MS, () => hex(8));

const typicalHead = (hoursAgo: number) => ({ decisionId: typicalConfigId(hoursAgo), digest: hex(10) });

export const typicalConfigDecision: ConfigDecision = {
  userId: USER,
  decisionId: typicalConfigId(0),
  decidedAt: NOW,
  context: 'a1b2c3',
  digest: hex(10),
  earlier: new Map([
    ['b1b2c3', typicalHead(1)],
    ['c1b2c3', typicalHead(2)],
  ]),
  body: {
    c: 'dashboard',
    d: 'desktop',
    z: 'Europe/Paris',
    s: [41, 3, 2_913_004_112],
    f: {
      interactions: INTERACTIONS_PER_USER,
      skill: 'intermediate',
      segments: [
        { name: 'power_user', confidence: 0.62 },
        { name: 'desktop_focused', confidence: 0.41 },
      ],
      nightPercent: 4,
      device: ['desktop', 71, 94],
      features: FEATURES.map((feature, n) => [feature, 9 - n]),
      adopted: [3, 1, 0],
      contentTypes: CONTENT_TYPES.map((type, n) => [type, 70 - n * 5, 12]),
      stated: { theme: 'dark', layout: 'compact' },
    },
    v: [0.62, null, 'dashboard', 9, 8, 'team', ['power_user', 'desktop_focused'], 12, 4, 9, 'designer'],
    a: [[0, 'bold', NOW - 3_600_000, 0.5]],
  },
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

const counted = (): number => Math.floor(random() * 10_000);

/** A day of every count, 90 times. */
export const typicalReport: ActivityReport = {
  runId: 'run-1',
  asOf: NOW,
  users: 100_000,
  leftOut: { consent: 120 },
  days: Array.from({ length: 90 }, (_, n) => [
    new Date(NOW - (89 - n) * 86_400_000).toISOString().slice(0, 10),
    {
      active: counted(),
      new: counted(),
      interactions: counted(),
      sessions: counted(),
      seconds: counted() * 600,
      telling: counted(),
      engagement: counted() * 400,
      started: counted(),
      progressed: counted(),
      completed: counted(),
      answers: counted(),
      shown: counted() * 10,
      clicked: counted(),
      converted: counted(),
      dismissed: counted(),
      decisions: counted(),
      exposures: counted(),
      conversions: counted(),
    },
  ]),
  periods: {
    '1d': { active: counted(), new: counted() },
    '7d': { active: counted(), new: counted() },
    '30d': { active: counted(), new: counted() },
    '90d': { active: counted(), new: counted() },
  },
};

/** What is remembered of somebody who generates often. */
export const typicalGenerations: GenerationMemory = {
  version: 0,
  tallies: { visualStyle: { '"cinematic"': [30, 24_000, 20_100], '"bold"': [20, 11_000, 7_200] } },
  generations: Array.from({ length: 50 }, (_, n) => ({
    id: `gen.01JD6Z7Q9T3V5X8Y2A4C6E8G${String(n).padStart(2, '0')}`,
    at: NOW - n * 3_600_000,
    parameters: {
      visualStyle: n % 2 === 0 ? 'cinematic' : 'bold',
      durationSeconds: 30,
      aspectRatio: '9:16',
      resolution: '1080p',
      pacing: 'fast',
      captions: n % 3 === 0,
      category: 'product',
      music: 'upbeat',
    },
    purpose: 'social',
    device: 'mobile',
    reward: 0.5 + n / 100,
  })),
};
