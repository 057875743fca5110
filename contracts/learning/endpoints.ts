import * as z from 'zod';
import { id, pageOf, pageQuery } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { domainName } from '../insights/schemas.ts';
import {
  achievementView,
  pathInput,
  pathProvenance,
  pathView,
  progressInput,
  streakView,
} from './schemas.ts';

const tag = 'Learning';
const pathParams = z.strictObject({
  pathId: id.meta({
    description: 'Names its user; services need to name one only for user ids over 60 characters',
  }),
});
const pathAnswer = pathView.extend(pathProvenance);

const examplePathId = 'lp.01JD6Z7Q9T3V5X8Y2A4C6E8G0H.aGVsbG8gd29ybGQ';
/** Without its user, which is enough for the user's own. */
const exampleOwnPathId = 'lp.01JD6Z7Q9T3V5X8Y2A4C6E8G0H';
const exampleModule = {
  id: 'types',
  title: 'Types and interfaces',
  type: 'video',
  duration: 1800,
  prerequisites: [],
};
const examplePath = {
  pathId: examplePathId,
  userId: 'ada',
  title: 'TypeScript in a month',
  topic: 'typescript',
  level: 'beginner' as const,
  modules: [
    {
      ...exampleModule,
      position: 1,
      difficulty: 0.33,
      estimatedMinutes: 34,
      status: 'open' as const,
      reason: 'Nothing has to come before it; a video suits a visual learner',
    },
  ],
  status: 'active' as const,
  progress: { completed: 0, total: 1, percent: 0, minutesLeft: 34 },
  nextModule: 'types',
  estimatedDuration: 1800,
  estimatedMinutes: 34,
  signals: { struggle: false, boredom: false, reason: 'No results yet' },
  mastery: { topic: 'typescript', mastery: 0.5, confidence: 0, results: 0 },
  adaptations: [],
  version: 1,
  createdAt: '2026-11-20T09:30:00.000Z',
  updatedAt: '2026-11-20T09:30:00.000Z',
};
const exampleProvenance = {
  decisionId: '7d21c0.01JD6Z7Q9T3V5X8Y2A4C6E8G0H',
  generatedAt: '2026-11-20T09:30:00.000Z',
  source: 'computed' as const,
};

export const createLearningPath = defineEndpoint({
  operationId: 'createLearningPath',
  summary:
    'A path of modules, ordered for this learner; a cycle or an unknown prerequisite is refused by name',
  tag,
  routes: [{ method: 'POST', path: '/learning-paths' }],
  caller: 'user',
  actsOnUser: true,
  request: { body: z.strictObject({ userId: id.optional(), ...pathInput }) },
  responses: { 201: pathAnswer },
  example: {
    body: {
      userId: 'ada',
      title: 'TypeScript in a month',
      topic: 'typescript',
      level: 'beginner',
      modules: [exampleModule],
      estimatedDuration: 1800,
    },
    response: { ...examplePath, ...exampleProvenance },
  },
});

export const listLearningPaths = defineEndpoint({
  operationId: 'listLearningPaths',
  summary: 'The paths of a learner, newest first',
  tag,
  routes: [{ method: 'GET', path: '/learning-paths' }],
  caller: 'user',
  actsOnUser: true,
  request: { query: z.strictObject({ userId: id.optional(), ...pageQuery }) },
  responses: { 200: pageOf(pathView) },
  example: { query: { userId: 'ada' }, response: { items: [examplePath], nextCursor: null } },
});

export const getLearningPath = defineEndpoint({
  operationId: 'getLearningPath',
  summary: 'A path as it stands: order, difficulty and minutes of what is left, and what comes next',
  tag,
  routes: [{ method: 'GET', path: '/learning-paths/{pathId}' }],
  caller: 'user',
  actsOnUser: true,
  request: { params: pathParams, query: z.strictObject({ userId: id.optional() }) },
  responses: { 200: pathAnswer },
  example: { params: { pathId: exampleOwnPathId }, response: { ...examplePath, ...exampleProvenance } },
});

export const putProgress = defineEndpoint({
  operationId: 'putProgress',
  summary: 'What became of a module; adapts the rest of the path, and may unlock achievements',
  tag,
  routes: [{ method: 'PUT', path: '/learning-paths/{pathId}/progress' }],
  caller: 'user',
  actsOnUser: true,
  request: { params: pathParams, body: z.strictObject({ userId: id.optional(), ...progressInput }) },
  responses: {
    200: pathAnswer.extend({
      unlocked: z.array(z.object({ id: z.string(), name: z.string() })).meta({
        description: 'Achievements that this step unlocked',
      }),
    }),
  },
  example: {
    params: { pathId: exampleOwnPathId },
    body: { moduleId: 'types', status: 'completed', score: 82, timeSpent: 1500 },
    response: { ...examplePath, ...exampleProvenance, unlocked: [] },
  },
});

const exampleAchievement = {
  id: 'first-report',
  name: 'First answer',
  description: 'You created your first report.',
  kind: 'milestone' as const,
  progress: { current: 1, target: 1 },
  status: 'unlocked' as const,
  unlockedAt: '2026-11-20T09:30:00.000Z',
  reason: '1 of 1 created report',
};

export const getAchievements = defineEndpoint({
  operationId: 'getAchievements',
  summary: 'Achievements with their progress, and the streak',
  tag,
  routes: [{ method: 'GET', path: '/achievements/{userId}' }],
  caller: 'user',
  actsOnUser: true,
  request: {
    params: z.strictObject({ userId: id }),
    query: z.strictObject({ domain: domainName.optional() }),
  },
  responses: {
    200: z.object({
      userId: id,
      achievements: z.array(achievementView),
      streak: streakView,
      reason: z.string().optional(),
    }),
  },
  example: {
    params: { userId: 'ada' },
    response: {
      userId: 'ada',
      achievements: [exampleAchievement],
      streak: {
        length: 3,
        longest: 9,
        freezes: 0,
        frozen: 0,
        today: true,
        expiresAt: '2026-11-21T23:00:00.000Z',
        timezone: 'Europe/Amsterdam',
      },
    },
  },
});

const achievementParams = z.strictObject({ userId: id, achievementId: id });

export const claimAchievement = defineEndpoint({
  operationId: 'claimAchievement',
  summary: 'Claims an unlocked achievement, once; a locked one gives 409',
  tag,
  routes: [{ method: 'POST', path: '/achievements/{userId}/{achievementId}/claim' }],
  caller: 'user',
  actsOnUser: true,
  request: {
    params: achievementParams,
    query: z.strictObject({ domain: domainName.optional() }),
    body: z.strictObject({}).optional(),
  },
  responses: { 200: z.object({ success: z.boolean(), achievement: achievementView }) },
  example: {
    params: { userId: 'ada', achievementId: 'first-report' },
    response: {
      success: true,
      achievement: {
        ...exampleAchievement,
        status: 'claimed' as const,
        claimedAt: '2026-11-20T09:31:00.000Z',
      },
    },
  },
});

export const getBadge = defineEndpoint({
  operationId: 'getBadge',
  summary: 'An unlocked achievement as an Open Badges 3.0 credential',
  tag,
  routes: [{ method: 'GET', path: '/achievements/{userId}/{achievementId}/badge' }],
  caller: 'user',
  actsOnUser: true,
  request: { params: achievementParams, query: z.strictObject({ domain: domainName.optional() }) },
  responses: {
    200: z.record(z.string(), z.unknown()).meta({
      description:
        'OpenBadgeCredential. It carries no proof: sign it with a key of your own before you show it to a verifier. The learner is named by a salted SHA-256 of the e-mail address (in lower case), or of the user id where there is none.',
    }),
  },
  example: {
    params: { userId: 'ada', achievementId: 'first-report' },
    response: {
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      ],
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
    },
  },
});
