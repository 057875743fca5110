import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { endpoints } from '../../../contracts/registry.ts';
import { withdrawCursorPut } from '../adjust-policies.ts';
import { expectStatus } from '../api-client.ts';
import type { Deployment, Reporter } from '../deploy.ts';
import { DOMAIN } from '../domain.ts';
import { poisonIsSetAside, untilDrained } from '../queues.ts';
import { runJob } from '../run-job.ts';
import { type Person, signIn } from '../sign-in.ts';
import { checkConfig } from './config.ts';
import { checkEveryEndpoint } from './every-endpoint.ts';
import { checkHomepage, checkQuestionnaire } from './homepage.ts';
import { checkInsights } from './insights.ts';
import { checkLiteralBodies } from './literal-bodies.ts';
import { checkProducts } from './products.ts';

const ITEMS = 24;
const USERS = 30;
/** Items of a taste; users of one taste share them, so that co-occurrence has something to learn. */
const TASTES = 3;

/** What the deployed product brings along. */
const own = JSON.parse(
  readFileSync(new URL(`../../../domains/${DOMAIN}/catalog.json`, import.meta.url), 'utf8'),
) as object[];

const courses = Array.from({ length: ITEMS }, (_, index) => ({
  itemId: `course-${index}`,
  type: 'course',
  title: `Course ${index} on ${['painting', 'welding', 'sailing'][index % TASTES]}`,
  tags: [['painting', 'welding', 'sailing'][index % TASTES]],
}));

const catalogue = [...courses, ...own];

/** Each user takes four items of one taste, each starting somewhere else. */
const history = (user: number) =>
  Array.from({ length: 4 }, (_, step) => ({
    interactionId: `deploy-test-${user}-${step}`,
    userId: `learner-${user}`,
    type: 'complete',
    contentId: `course-${(user % TASTES) + TASTES * ((Math.floor(user / TASTES) + step) % (ITEMS / TASTES))}`,
    contentType: 'course',
    completionRate: 1,
  }));

const track = async ({ apiUrl }: Deployment, { sub, token }: Person): Promise<void> => {
  const body = {
    type: 'view',
    contentId: 'course-0',
    contentType: 'course',
    feature: 'player',
    completionRate: 0.9,
  };
  const { body: answer } = await expectStatus(201, apiUrl, '/interactions', { method: 'POST', token, body });
  assert.equal(answer.success, true);
  const list = await expectStatus<{ items: unknown[] }>(200, apiUrl, `/personalization/interactions/${sub}`, {
    token,
  });
  assert.equal(list.body.items.length, 1, 'the interaction is seen by the next read');
};

const trackBulk = async (deployment: Deployment, admin: Person): Promise<void> => {
  const { apiUrl } = deployment;
  const interactions: unknown[] = Array.from({ length: USERS }, (_, user) => history(user)).flat();
  const accepted = interactions.length;
  const { body } = await expectStatus<{ accepted: number; rejected: { index: number }[] }>(
    202,
    apiUrl,
    '/personalization/track-interactions',
    {
      method: 'POST',
      token: admin.token,
      body: { interactions: [...interactions, { contentId: 'no type' }] },
    },
  );
  assert.equal(body.accepted, accepted);
  assert.deepEqual(
    body.rejected.map(({ index }) => index),
    [accepted],
    'the bad one alone is rejected',
  );
  await untilDrained(deployment, 'Interactions');
};

const everyProfileIsThere = async ({ apiUrl }: Deployment, admin: Person): Promise<void> => {
  for (let user = 0; user < USERS; user += 7) {
    const path = `/personalization/profile/learner-${user}`;
    const { body } = await expectStatus<{ userId: string; recentActivity: unknown[] }>(
      200,
      apiUrl,
      path,
      admin,
    );
    assert.equal(body.userId, `learner-${user}`);
    assert.equal(body.recentActivity.length, 4, `four interactions of learner-${user}`);
  }
};

/** The first cursor makes the key that signs them all, which a function that only reads must be allowed to store. */
const pagesWithCursors = async ({ apiUrl }: Deployment, { token }: Person): Promise<void> => {
  type Page = { items: { interactionId: string }[]; nextCursor: string | null };
  const path = '/personalization/interactions/learner-0?limit=3';
  const first = await expectStatus<Page>(200, apiUrl, path, { token });
  assert.ok(first.body.nextCursor, 'a cursor to the second page');
  const behind = `${path}&cursor=${encodeURIComponent(first.body.nextCursor)}`;
  const second = await expectStatus<Page>(200, apiUrl, behind, { token });
  const ids = [...first.body.items, ...second.body.items].map(({ interactionId }) => interactionId);
  assert.equal(new Set(ids).size, 4, 'every interaction once');
  await expectStatus(
    400,
    apiUrl,
    behind.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    { token },
  );
};

/** Every run leaves a card that says what became of it. */
const listsModels = async ({ apiUrl }: Deployment, { token }: Person): Promise<void> => {
  type Card = { decision: string; reason: string; engine: string; models: unknown[] };
  const { body } = await expectStatus<{ items: Card[] }>(200, apiUrl, '/personalization/models', { token });
  const [card] = body.items;
  assert.ok(card && card.decision !== 'failed' && card.reason.length > 0, JSON.stringify(body));
  assert.equal(card.engine, 'lambda');
  assert.ok(card.models.length > 0, 'the models of the run');
};

type Recommendation = { contentId: string; reason: string; relevanceScore: number; rung?: string };

const recommends = async ({ apiUrl }: Deployment, admin: Person): Promise<void> => {
  const path = '/recommendations/learner-0?limit=5';
  const { body, headers } = await expectStatus<Recommendation[]>(200, apiUrl, path, { token: admin.token });
  assert.ok(body.length > 0, `recommendations, but: ${headers.get('attune-reason')}`);
  assert.ok(headers.get('attune-decision-id'), 'a decision id');
  const seen = new Set(history(0).map(({ contentId }) => contentId));
  for (const { contentId, reason } of body) {
    assert.ok(!seen.has(contentId), `${contentId} was completed`);
    assert.ok(reason.length > 0, 'a reason');
  }
  assert.ok(body[0]?.contentId.startsWith('course-'));
};

/** The main job on the deployed stacks, each part under its name. */
export const checkMainJob = async (deployment: Deployment, check: Reporter): Promise<void> => {
  const { apiUrl, ministack, outputs } = deployment;
  await check('health answers without a token', async () => {
    const { body } = await expectStatus(200, apiUrl, '/personalization/health');
    assert.notEqual(body.status, 'down', JSON.stringify(body));
  });
  await check('no token: 401', () => expectStatus(401, apiUrl, '/personalization/profile/ann'));
  await check('forged token: 401', () =>
    expectStatus(401, apiUrl, '/personalization/profile/ann', { token: 'a.b.c' }),
  );
  const admin = await check('sign in an admin at Cognito', () =>
    signIn(ministack.url, outputs, { name: 'ann', group: 'admin' }),
  );
  const user = await check('sign in a user at Cognito', () =>
    signIn(ministack.url, outputs, { name: 'ben' }),
  );
  await check('put the catalogue', async () => {
    const request = { method: 'POST', token: admin.token, body: { items: catalogue } };
    const { body } = await expectStatus<{ accepted: number }>(200, apiUrl, '/catalog/items', request);
    assert.equal(body.accepted, catalogue.length);
  });
  await check('a user may not write the catalogue: 403', () =>
    expectStatus(403, apiUrl, '/catalog/items', {
      method: 'POST',
      token: user.token,
      body: { items: catalogue },
    }),
  );
  await check('track one interaction and see it', () => track(deployment, user));
  await check("another user's profile: 403", () =>
    expectStatus(403, apiUrl, '/personalization/profile/learner-1', user),
  );
  await check('track in bulk and wait for the queue', () => trackBulk(deployment, admin));
  await check('read the profiles', () => everyProfileIsThere(deployment, admin));
  await check('page with a cursor, and not with a forged one', () => pagesWithCursors(deployment, admin));
  await checkQuestionnaire({ deployment, admin }, check);
  await check('run trending through its state machine', () => runJob(deployment, 'JobTrendingArn'));
  await check('run retrain through its state machine', () => runJob(deployment, 'JobRetrainArn'));
  await check('list the model card of that night', () => listsModels(deployment, admin));
  await check('get recommendations', () => recommends(deployment, admin));
  await checkHomepage({ deployment, admin }, check);
  await checkInsights({ deployment, user }, check);
  await check('take from readers what only the first cursor needed', () => withdrawCursorPut(ministack.url));
  await checkProducts(deployment, check, { admin, user });
  await checkConfig(deployment, check, { admin, user });
  await check('every request of the contract is answered as it is written there', () =>
    checkLiteralBodies(apiUrl, admin.token),
  );
  for (const round of ['first', 'again']) {
    await check(`each of ${endpoints.length} endpoints answers its example with its own role, ${round}`, () =>
      checkEveryEndpoint(apiUrl, admin.token),
    );
  }
  for (const queue of ['Interactions', 'Insights'] as const)
    await check(`a poison message of ${queue} lands in the dead-letter queue`, () =>
      poisonIsSetAside(deployment, queue),
    );
};
