import { achievementStore } from '../../adapters/dynamodb/stores/achievement-store.ts';
import { definitionStore } from '../../adapters/dynamodb/stores/definition-store.ts';
import { learningPathStore } from '../../adapters/dynamodb/stores/learning-path-store.ts';
import { createExperiment, getExperiment } from '../../contracts/experiments/endpoints.ts';
import { claimAchievement, createLearningPath, getLearningPath } from '../../contracts/learning/endpoints.ts';
import { getRule } from '../../contracts/rules/endpoints.ts';
import { achievementKey } from '../../core/achievements/types.ts';
import type { ExperimentBody } from '../../core/experiments/types.ts';
import type { RuleBody } from '../../core/rules/types.ts';
import { defined } from './definitions.ts';
import type { Engine } from './engine.ts';
import { asAdmin, asUser, type TestRequest } from './http-event.ts';

/** Everyone's words: what a full, valid body of each operation looks like, where the contract's example is smaller. */
const FULL_BODIES: Readonly<Record<string, unknown>> = {
  upsertProfile: {
    userId: 'ada',
    email: 'ada@example.com',
    age: 29,
    learningStyle: 'visual',
    experienceLevel: 'beginner',
    preferredPace: 'moderate',
    interests: ['web development'],
    careerGoals: ['frontend engineer'],
    learningObjectives: ['learn TypeScript'],
    questionnaireData: {
      timeline: 'this year',
      personal_meaning: ['family'],
      project_for: 'a friend',
      format: 'documentary',
      materials: ['photos'],
      excited_parts: ['editing'],
      involvement: 'high',
      start_timing: 'now',
      budget: { min: 100, max: 2_000 },
      logline: 'Two friends',
      description: 'A film about two friends',
      want_consult: true,
    },
    attributes: { plan: 'pro' },
    preferences: { theme: 'dark' },
    timezone: 'Europe/Amsterdam',
  },
  updateProfile: { attributes: { plan: 'pro' }, preferences: { theme: 'dark' }, timezone: 'Europe/Berlin' },
  learnPreferences: {
    userId: 'ada',
    behaviorData: {
      actions: [{ type: 'click', feature: 'captions' }],
      projects: [{ visualStyle: 'cinematic', category: 'product', duration: 45 }],
      feedback: [{ type: 'style', sentiment: 'positive', aspect: 'pacing' }],
      sessionId: 's-1',
    },
  },
  recordSession: {
    userId: 'ada',
    sessionId: 's-1',
    startedAt: '2026-11-20T09:00:00.000Z',
    endedAt: '2026-11-20T09:20:00.000Z',
    device: 'mobile',
    pages: [{ page: 'dashboard', path: '/', durationMs: 1_000, scrollDepth: 0.5 }],
    actions: [{ type: 'click', feature: 'search', contentId: 'course-101' }],
  },
  putGoals: {
    userId: 'ada',
    shortTerm: [{ title: 'Publish five listings', metric: 'publish', target: 5, due: '2027-01-01' }],
    longTerm: ['Become the area expert'],
  },
  trackInteraction: {
    interactionId: 'full-1',
    userId: 'ada',
    type: 'view',
    contentId: 'course-101',
    contentType: 'course',
    feature: 'player',
    value: 3,
    rating: 4,
    completionRate: 0.5,
    durationMs: 42_000,
    scrollDepth: 0.8,
    clicksCount: 2,
    feedback: 'I like it',
    sessionId: 's-1',
    device: 'mobile',
    context: { page: 'home' },
    recommendationId: 'r-1',
    position: 3,
    occurredAt: '2026-11-21T11:00:00.000Z',
  },
  putCatalogItem: {
    type: 'course',
    title: 'TypeScript from zero',
    description: 'Types and tools',
    tags: ['typescript'],
    topics: ['web development'],
    format: 'video',
    genres: ['tutorial'],
    skills: ['typescript'],
    level: 'beginner',
    budget: { min: 10, max: 20 },
    timeline: '4 weeks',
    url: '/courses/101',
    imageUrl: '/courses/101.png',
    publishedAt: '2026-01-01T00:00:00.000Z',
    expiresAt: '2027-12-01T00:00:00.000Z',
    attributes: { language: 'en' },
  },
  requestRecommendations: {
    userId: 'ada',
    context: 'dashboard',
    options: {
      limit: 5,
      device: 'mobile',
      types: ['course'],
      strategy: 'hybrid',
      filter: { tags: ['typescript'], attributes: { language: 'en' } },
      exclude: ['course-101'],
      include_seen: false,
      diversity: 0.3,
    },
  },
  recordRecommendationFeedback: {
    userId: 'ada',
    recommendationId: 'a1b2c3.01JD6Z7Q9T3V5X8Y2A4C6E8G0H.0',
    contentId: 'course-102',
    feedback: 'clicked',
    rating: 4,
  },
  recordFeedback: {
    userId: 'ada',
    target: { kind: 'course', id: 'course-101' },
    rating: 5,
    sentiment: 'positive',
    text: 'Clear and well paced, I love it',
  },
  createRule: {
    name: 'Quiet dashboard',
    description: 'For those who are new',
    enabled: false,
    priority: -3,
    contexts: ['dashboard', 'settings'],
    condition: { in: ['new_user', { var: 'segments' }] },
    actions: {
      theme: 'simplified',
      layout: 'spacious',
      features: { visible: ['a'], hidden: ['b'], highlighted: ['c'] },
      navigation: ['home', 'search'],
      shortcuts: ['search'],
      content: { difficulty: 'beginner', filters: { topic: null } },
      settings: { banner: { text: 'Hi', old: null } },
    },
    schedule: { from: '2026-11-01T00:00:00', to: '2027-01-31T23:59:59Z' },
    holdout: 0.25,
  },
  replaceExperiment: { ...createExperiment.example.body, key: 'seeded', status: 'draft' },
  integrateContentAnalysis: {
    contentId: 'course-103',
    analysis: {
      topics: ['product launch'],
      style: 'cinematic',
      sentiment: 'positive',
      quality: 0.8,
      attributes: { scenes: 12 },
    },
  },
  decideUiSettings: { userId: 'ada', context: { page: 'editor', device: 'mobile', plan: 'pro' } },
  rankContent: { userId: 'ada', contentIds: ['course-101', 'course-999'], context: 'home' },
};

type Example = { params?: Record<string, string>; query?: Record<string, string>; body?: unknown };

/** A valid request to an operation by its example, with every field of the body filled where that is known. */
export const validRequest = (operationId: string, example: Example): TestRequest => ({
  params: example.params,
  query: example.query,
  body: structuredClone(FULL_BODIES[operationId] ?? example.body),
});

const item = (number: number, type: string) => ({
  itemId: `${type}-${number}`,
  type,
  title: `The ${type} number ${number}`,
  description: `About topic ${number % 5}`,
  tags: [`tag-${number % 3}`],
  topics: [`topic-${number % 5}`],
  attributes: { language: number % 2 === 0 ? 'en' : 'nl' },
});

/** `course-101` to `course-1<count>` and as many `project-...`, with overlapping tags and topics. */
export const someItems = (count: number) =>
  ['course', 'project'].flatMap((type) => Array.from({ length: count }, (_, at) => item(101 + at, type)));

const rule: RuleBody = {
  name: 'Fewer features for newcomers',
  enabled: true,
  priority: 0,
  contexts: [],
  condition: { in: ['new_user', { var: 'segments' }] },
  actions: { layout: 'comfortable' },
};

/** The rule and the experiment that the contract's examples name. */
const seedDefinitions = async ({ database }: Engine): Promise<void> => {
  const { ruleId } = getRule.example.params;
  await definitionStore<RuleBody>(database, 'RULES').append(defined(ruleId, rule));
  const { experimentId } = getExperiment.example.params;
  const draft: ExperimentBody = { ...createExperiment.example.body, key: 'seeded', status: 'draft' };
  await definitionStore<ExperimentBody>(database, 'EXPERIMENTS').append(defined(experimentId, draft));
};

/** The achievement that the contract's examples name, unlocked and told of. */
const seedAchievement = async ({ clock, database }: Engine): Promise<void> => {
  const store = achievementStore(database);
  const key = achievementKey('saas', claimAchievement.example.params.achievementId);
  await store.unlock('ada', key, clock.now());
  await store.told('ada', key);
};

/** The learning path that the contract's examples name, of the user `ada`. */
const seedPath = async ({ database, clock }: Engine): Promise<void> => {
  const { pathId } = getLearningPath.example.params;
  const { userId, ...path } = createLearningPath.example.body;
  await learningPathStore(database).create({ ...path, pathId, userId, createdAt: clock.now() });
};

/** A catalogue, a rule, an experiment, a learning path, and the user `ada`, who has a profile, goals, an achievement and a few interactions. */
export const seedWorld = async (engine: Engine): Promise<void> => {
  const { good } = engine;
  await good('putCatalogItems', { body: { items: someItems(12) }, claims: asAdmin() });
  await seedDefinitions(engine);
  await seedPath(engine);
  await seedAchievement(engine);
  const claims = asUser('ada');
  await good('upsertProfile', { body: { interests: ['topic-1'], attributes: { plan: 'free' } }, claims });
  await good('putGoals', { body: { shortTerm: [{ title: 'Views', metric: 'view', target: 4 }] }, claims });
  for (const contentId of ['course-103', 'course-104', 'project-105']) {
    await good('trackInteraction', { body: { type: 'view', contentId, contentType: 'course' }, claims });
  }
};

/** An id of the right form that no decision has. */
export const recommendationId = 'a1b2c3.01JD6Z7Q9T3V5X8Y2A4C6E8G0H.0';
