import assert from 'node:assert/strict';
import { callApi, expectStatus } from '../api-client.ts';
import { type BusEvent, heardOnBus, listenToBus } from '../bus-listener.ts';
import type { Deployment, Reporter } from '../deploy.ts';
import { DOMAIN } from '../domain.ts';
import { untilDrained } from '../queues.ts';
import type { Person } from '../sign-in.ts';
import type { Updates } from '../texts-client.ts';

type Parties = {
  readonly deployment: Deployment;
  readonly user: Person;
  readonly other: Person;
  readonly service: Person;
};

type Achievement = {
  readonly id: string;
  readonly status: 'locked' | 'unlocked' | 'claimed';
  readonly progress: { readonly current: number; readonly target: number };
};
type Achievements = {
  readonly achievements: readonly Achievement[];
  readonly streak: { readonly length: number };
};

/** Achievements of domains/film and domains/learning. */
const WATCHED = 'first-film';
const SENT = 'brief-sent';
const LESSON = 'first-lesson';
const IN_BULK = 'learner-9';
/** Claims of one achievement at the same time. */
const AT_ONCE = 5;

const isOf =
  (userId: string, achievementId: string) =>
  ({ 'detail-type': type, detail }: BusEvent): boolean =>
    type === 'AchievementUnlocked' && detail.userId === userId && detail.achievementId === achievementId;

const statusIn = ({ achievements }: Achievements, wanted: string): string | undefined =>
  achievements.find(({ id }) => id === wanted)?.status;

const hears = async (deployment: Deployment, queueUrl: string, userId: string, achievementId: string) => {
  const what = `the event of ${achievementId}`;
  const wanted = isOf(userId, achievementId);
  const [event] = await heardOnBus(deployment, queueUrl, { what, count: 1, wanted });
  assert.ok(event && String(event.detail.reason).length > 0, 'an event with its reason');
  return event;
};

/** One tracked interaction: unlocked, on the bus, among the updates; asked again, nothing is sent anew. */
const unlocks = async ({ deployment, user: { sub, token } }: Parties, queueUrl: string): Promise<void> => {
  const { apiUrl } = deployment;
  const since = new Date().toISOString();
  const watched = { type: 'watch', contentId: 'project-harbour-lights', contentType: 'project' };
  await expectStatus(201, apiUrl, '/interactions', { method: 'POST', token, body: watched });
  const { body } = await expectStatus<Achievements>(200, apiUrl, `/achievements/${sub}`, { token });
  assert.equal(statusIn(body, WATCHED), 'unlocked');
  assert.ok(body.streak.length >= 1, 'a day with something done');
  const { detail } = await hears(deployment, queueUrl, sub, WATCHED);
  assert.equal(detail.domain, DOMAIN);
  const path = `/personalization/realtime-updates/${sub}?since=${encodeURIComponent(since)}`;
  const updates = await expectStatus<Updates & { achievements: string[] }>(200, apiUrl, path, { token });
  assert.deepEqual(updates.body.achievements, [WATCHED]);
  const headers = { 'if-none-match': updates.headers.get('etag') ?? '' };
  const again = await expectStatus(304, apiUrl, path, { token, headers });
  assert.equal(again.body, undefined, 'a 304 has no body');
};

/** The worker of the queue unlocks and tells with its own role. */
const unlocksInBulk = async ({ deployment, service }: Parties, queueUrl: string): Promise<void> => {
  const body = { interactions: [{ userId: IN_BULK, type: 'submit', contentId: 'questionnaire-your-film' }] };
  const request = { method: 'POST', token: service.token, body };
  await expectStatus(202, deployment.apiUrl, '/personalization/track-interactions', request);
  await untilDrained(deployment, 'Interactions');
  await hears(deployment, queueUrl, IN_BULK, SENT);
};

/** What another product counts as reached is unlocked and told when somebody looks. */
const healsByReading = async ({ deployment, user, service }: Parties, queueUrl: string): Promise<void> => {
  const path = `/achievements/${user.sub}?domain=learning`;
  const { body } = await expectStatus<Achievements>(200, deployment.apiUrl, path, service);
  assert.equal(statusIn(body, LESSON), 'unlocked', 'modules of a path were completed');
  const { detail } = await hears(deployment, queueUrl, user.sub, LESSON);
  assert.equal(detail.domain, 'learning');
};

const claims = async ({ deployment: { apiUrl }, user, other }: Parties): Promise<void> => {
  const own = `/achievements/${user.sub}`;
  const post = ({ token }: Person) => ({ method: 'POST', token });
  const claim = (status: number, id: string, person = user) =>
    expectStatus<{ achievement?: Achievement }>(status, apiUrl, `${own}/${id}/claim`, post(person));
  await claim(403, WATCHED, other);
  const path = `${own}/${WATCHED}/claim`;
  const answers = await Promise.all(
    Array.from({ length: AT_ONCE }, () => callApi<{ achievement?: Achievement }>(apiUrl, path, post(user))),
  );
  const wonBy = answers.filter(({ status }) => status === 200);
  assert.deepEqual([wonBy.length, wonBy[0]?.body.achievement?.status], [1, 'claimed']);
  for (const { status } of answers) assert.ok(status === 200 || status === 409, `${status}`);
  await claim(409, 'shortlist');
  await claim(404, 'unheard-of');
  type Badge = { type: string[]; credentialSubject: { achievement: { name: string } } };
  const badge = await expectStatus<Badge>(200, apiUrl, `${own}/${WATCHED}/badge`, { token: user.token });
  assert.ok(badge.body.type.includes('OpenBadgeCredential'));
  assert.ok(!JSON.stringify(badge.body).includes(user.sub), 'a badge names nobody');
  await expectStatus(409, apiUrl, `${own}/shortlist/badge`, { token: user.token });
};

/** Achievements as they are earned, told and claimed. */
export const checkAchievements = async (parties: Parties, check: Reporter): Promise<void> => {
  const { deployment } = parties;
  const queueUrl = await check('listen to the bus for achievements', () =>
    listenToBus(deployment, 'deploy-test-achievements'),
  );
  await check('an interaction unlocks, the bus and the updates tell of it, then 304', () =>
    unlocks(parties, queueUrl),
  );
  await check('the worker of the queue unlocks and tells', () => unlocksInBulk(parties, queueUrl));
  await check('a look at another product unlocks what is reached there', () =>
    healsByReading(parties, queueUrl),
  );
  await check('claim once, get the badge; not what is locked, unknown or of others', () => claims(parties));
};
