import { afterAll, expect, it } from '@jest/globals';
import { newDataDir, type RunningServer, removeDataDir, startServer } from './support/start-server.ts';
import { until } from './support/until.ts';

const dataDir = newDataDir();
let server: RunningServer;

afterAll(async () => {
  await server.kill('SIGTERM');
  removeDataDir(dataDir);
});

const USERS = 40;
const PER_USER = 25;

const bulk = (round: number) =>
  Array.from({ length: USERS * PER_USER }, (_, n) => ({
    interactionId: `round-${round}-${n}`,
    userId: `user-${n % USERS}`,
    type: 'view',
    contentId: `item-${n % 90}`,
  }));

const idsOf = async (userId: string, token: string): Promise<string[]> => {
  const ids: string[] = [];
  for (let cursor = ''; ; ) {
    const path = `/personalization/interactions/${userId}?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const { status, body } = await server.send('GET', path, { token });
    expect(status).toBe(200);
    ids.push(...body.items.map(({ interactionId }: { interactionId: string }) => interactionId));
    if (body.nextCursor === null) return ids;
    cursor = body.nextCursor;
  }
};

it('keeps everything that it accepted when it is killed, again and again, and counts it once', async () => {
  server = await startServer(dataDir);
  const token = await server.token('backend', 'personalization/service');
  const admin = await server.token('boss', 'personalization/admin');
  const item = { type: 'course', title: 'Survives', tags: ['kill'] };
  expect((await server.send('PUT', '/catalog/items/survivor', { token: admin, body: item })).status).toBe(
    200,
  );
  expect(
    (await server.send('DELETE', '/catalog/items/course-sound-first', { token: admin })).status,
  ).toBeLessThan(300);
  const single = { userId: 'single', interactionId: 'only', type: 'view', contentId: 'survivor' };
  expect((await server.send('POST', '/interactions', { token, body: single })).status).toBe(201);

  for (const round of [1, 2, 3]) {
    const answer = await server.send('POST', '/personalization/track-interactions', {
      token,
      body: { interactions: bulk(round) },
    });
    expect(answer).toMatchObject({ status: 202, body: { accepted: USERS * PER_USER, rejected: [] } });
    // The worker is in the middle of it now; each round at another point.
    await new Promise((resolve) => setTimeout(resolve, 150 * (round - 1)));
    await server.kill('SIGKILL');
    server = await startServer(dataDir);
  }

  const drained = { waiting: 0, inFlight: 0, deadLetters: 0 };
  const depth = async () => (await server.send('GET', '/local/queue')).body;
  await until(depth, (now) => now.waiting + now.inFlight === 0, 60);
  expect(await depth()).toEqual(drained);

  // The token of before the first kill is still good.
  expect(await idsOf('single', token)).toEqual(['only']);
  for (let user = 0; user < USERS; user++) {
    const wanted = [1, 2, 3].flatMap((round) =>
      bulk(round).flatMap(({ userId, interactionId }) => (userId === `user-${user}` ? [interactionId] : [])),
    );
    expect((await idsOf(`user-${user}`, token)).sort()).toEqual(wanted.sort());
  }
  expect((await server.send('GET', '/catalog/items/survivor', { token })).body.title).toBe('Survives');
  // The catalogues of the domains are not loaded again: what was deleted stays so.
  expect((await server.send('GET', '/catalog/items/course-sound-first', { token })).status).toBe(404);
}, 180_000);
