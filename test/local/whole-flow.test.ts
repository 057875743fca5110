import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Answer,
  newDataDir,
  type RunningServer,
  removeDataDir,
  startServer,
} from './support/start-server.ts';
import { until } from './support/until.ts';

/** The main job over real HTTP, from the first token to a recommendation that feels a click: each step builds on those before. */

const dataDir = newDataDir();
let server: RunningServer;
let [ada, service, admin] = ['', '', ''];

beforeAll(async () => {
  server = await startServer(dataDir);
  ada = await server.token('ada');
  service = await server.token('backend', 'personalization/service');
  admin = await server.token('boss', 'personalization/admin');
});
afterAll(async () => {
  await server.kill('SIGTERM');
  removeDataDir(dataDir);
});

const film = [
  'course-story-in-three-shots',
  'course-sound-first',
  'video-lighting-one-lamp',
  'course-editing-for-rhythm',
];
const homes = [
  'service-property-video',
  'template-listing-reel',
  'course-negotiating-offers',
  'market-report-city-flats',
];

/** Two tastes: every user of a kind did three of the four things of that kind. */
const crowd = () =>
  [film, homes].flatMap((items, kind) =>
    Array.from({ length: 24 }, (_, user) =>
      items
        .filter((_, index) => index !== user % 4)
        .map((contentId, index) => ({
          interactionId: `crowd-${kind}-${user}-${index}`,
          userId: `crowd-${kind}-${user}`,
          type: 'complete',
          contentId,
          completionRate: 1,
          occurredAt: new Date(Date.now() - (index + 1) * 3_600_000).toISOString(),
        })),
    ).flat(),
  );

const contentIds = ({ body }: Answer): string[] =>
  body.map(({ contentId }: { contentId: string }) => contentId);

const recommended = (userId: string, query = 'limit=5') =>
  server.send('GET', `/recommendations/${userId}?${query}`, { token: service });

describe('the whole flow', () => {
  it('starts healthy, with a catalogue that only an admin may change', async () => {
    expect((await server.send('GET', '/personalization/health')).status).toBe(200);
    const courses = await server.send('GET', '/catalog/items?type=course&limit=100', { token: ada });
    expect(courses.status).toBe(200);
    expect(courses.body.items.length).toBeGreaterThan(3);
    const item = { type: 'video', title: 'A day at the lighthouse', tags: ['nature'] };
    expect(
      (await server.send('PUT', '/catalog/items/video-lighthouse', { token: ada, body: item })).status,
    ).toBe(403);
    const put = await server.send('PUT', '/catalog/items/video-lighthouse', { token: admin, body: item });
    expect(put).toMatchObject({ status: 200, body: { itemId: 'video-lighthouse', title: item.title } });
  });

  it('answers a newcomer with something that everybody may like, and says why', async () => {
    const answer = await server.send('GET', '/recommendations/ada?limit=3', { token: ada });
    expect(answer.status).toBe(200);
    expect(answer.body).toHaveLength(3);
    for (const { reason, title } of answer.body)
      expect([Boolean(reason), Boolean(title)]).toEqual([true, true]);
    expect(answer.headers.get('attune-decision-id')).toBeTruthy();
  });

  it('shows a tracked interaction in the next read, once', async () => {
    const body = { interactionId: 'ada-1', type: 'view', contentId: film[0], durationMs: 60_000 };
    for (const path of [
      '/interactions',
      '/personalization/track-interaction',
      '/personalization/interaction',
    ]) {
      expect(await server.send('POST', path, { token: ada, body })).toMatchObject({
        status: 201,
        body: { success: true, interactionId: 'ada-1' },
      });
    }
    const listed = await server.send('GET', '/personalization/interactions/ada', { token: ada });
    expect(listed.body.items).toMatchObject([{ interactionId: 'ada-1', contentId: film[0] }]);
    const profile = await server.send('GET', '/profile/ada', { token: ada });
    expect(profile.body.recentActivity).toHaveLength(1);
  });

  it('keeps others out, whether or not the user exists', async () => {
    for (const other of ['crowd-0-0', 'nobody-of-that-name']) {
      const answers = await Promise.all([
        server.send('GET', `/profile/${other}`, { token: ada }),
        server.send('POST', '/interactions', {
          token: ada,
          body: { userId: other, type: 'view', contentId: 'x' },
        }),
        server.send('GET', `/recommendations/${other}`, { token: ada }),
      ]);
      for (const { status, body } of answers) expect([status, body.type]).toEqual([403, 'forbidden']);
    }
  });

  it('accepts many at once and folds them behind the answer', async () => {
    const interactions = [...crowd(), { userId: 'crowd-0-0' }];
    const answer = await server.send('POST', '/personalization/track-interactions', {
      token: service,
      body: { interactions },
    });
    expect(answer).toMatchObject({ status: 202, body: { accepted: 144, rejected: [{ index: 144 }] } });
    const depth = async () => (await server.send('GET', '/local/queue')).body;
    await until(depth, ({ waiting, inFlight }) => waiting + inFlight === 0);
    const profile = await server.send('GET', '/profile/crowd-1-3', { token: service });
    expect(profile.body.recentActivity).toHaveLength(3);
  });

  it('trains once at a time, and says what it did', async () => {
    const [one, other] = await Promise.all([
      server.send('POST', '/local/run/retrain'),
      server.send('POST', '/local/run/retrain'),
    ]);
    expect([one.status, other.status].sort()).toEqual([200, 409]);
    const report = one.status === 200 ? one.body : other.body;
    expect(report).toMatchObject({ job: 'retrain', runId: expect.any(String), seconds: expect.any(Number) });
    expect(report.steps.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['export', 'train']),
    );
    expect((await server.send('POST', '/local/run/trending')).status).toBe(200);
    expect((await server.send('POST', '/local/run/precompute')).status).toBe(200);
  });

  it('recommends what others of the same taste did, and nothing that is done already', async () => {
    // The functions look for the model in service every few seconds; until then they answer from content alone.
    const first = (contentId: string | undefined) => (answer: Answer) => contentIds(answer)[0] === contentId;
    const filmLover = await until(() => recommended('crowd-0-2'), first(film[2]));
    expect(filmLover.headers.get('attune-rung')).toBe('personalised hybrid');
    expect(contentIds(filmLover)).not.toContain(film[0]);
    await until(() => recommended('crowd-1-1'), first(homes[1]));
  });

  it('feels a click in the next answer', async () => {
    const before = contentIds(await recommended('ada', 'limit=10'));
    const clicks = homes.slice(0, 2).map((contentId) => ({ userId: 'ada', type: 'click', contentId }));
    for (const body of clicks) {
      expect((await server.send('POST', '/interactions', { token: ada, body })).status).toBe(201);
    }
    const after = contentIds(await recommended('ada', 'limit=10'));
    expect(after).not.toEqual(before);
    expect(after.slice(0, 4)).toEqual(expect.arrayContaining([homes[2]]));
  });

  it('does not recommend again what was dismissed', async () => {
    const { body } = await recommended('crowd-0-2');
    const [{ recommendationId, contentId }] = body;
    const feedback = { recommendationId, feedback: 'dismissed' };
    const path = '/recommendations/crowd-0-2/feedback';
    const answer = await server.send('POST', path, { token: service, body: feedback });
    expect(answer).toMatchObject({ status: 201, body: { contentId } });
    expect(contentIds(await recommended('crowd-0-2', 'limit=50'))).not.toContain(contentId);
  });

  it('answers the other doors: request, rank, similar', async () => {
    const request = {
      userId: 'ada',
      context: 'home',
      options: { limit: 4, types: ['course'], diversity: 0.5 },
    };
    const asked = await server.send('POST', '/personalization/recommendations', {
      token: ada,
      body: request,
    });
    expect(asked.status).toBe(200);
    for (const { contentType } of asked.body.recommendations) expect(contentType).toBe('course');
    const content = await server.send('GET', '/personalization/recommendations?type=video,course&limit=3', {
      token: ada,
    });
    expect(content.body.recommendations.length).toBeGreaterThan(0);
    const ids = [homes[3], 'unknown-item', film[3]];
    const ranked = await server.send('POST', '/personalization/rank', {
      token: ada,
      body: { userId: 'ada', contentIds: ids },
    });
    expect(JSON.stringify(ranked.body)).toContain('unknown-item');
    const similar = await server.send('GET', `/personalization/similar/${film[0]}?limit=3`, { token: ada });
    expect(similar.status).toBe(200);
  });

  it('keeps the profile that is recomputed from the stored interactions', async () => {
    const before = (await server.send('GET', '/profile/ada', { token: ada })).body;
    const answer = await server.send('POST', '/personalization/profile/ada/recompute', { token: ada });
    expect(answer.status).toBe(200);
    const after = (await server.send('GET', '/profile/ada', { token: ada })).body;
    expect(after.recentActivity).toEqual(before.recentActivity);
    expect(after.engagementLevel).toBe(before.engagementLevel);
  });
});
