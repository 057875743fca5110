import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BEHAVIOURS, type FakeBedrock, startFakeBedrock } from '../../local/bedrock/fake-bedrock.ts';
import { newDataDir, type RunningServer, removeDataDir, startServer } from './support/start-server.ts';
import { until } from './support/until.ts';

const drained = { waiting: 0, inFlight: 0, deadLetters: 0 };

const insightsDepth = async (server: RunningServer) =>
  (await server.send('GET', '/local/queue/insights')).body;

const withGoal = async (server: RunningServer, user: string): Promise<string> => {
  const token = await server.token(user);
  const { status } = await server.send('PUT', '/personalization/goals', {
    token,
    body: { shortTerm: ['Publish 5 listings'] },
  });
  expect(status).toBeLessThan(300);
  return token;
};

describe('with the fake', () => {
  const dataDir = newDataDir();
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer(dataDir, { ATTUNE_BEDROCK: 'fake', ATTUNE_DOMAIN: 'real-estate' });
  });
  afterAll(async () => {
    await server.kill('SIGTERM');
    removeDataDir(dataDir);
  });

  it('writes texts behind the answer and drains the queue', async () => {
    const token = await withGoal(server, 'ada');
    const first = await server.send('GET', '/personalization/insights/ada', { token });
    expect([first.status, first.body.writtenBy, first.body.domain]).toEqual([200, 'rules', 'real-estate']);
    const read = async () => (await server.send('GET', '/personalization/insights/ada', { token })).body;
    const written = await until(read, ({ writtenBy }) => writtenBy === 'model', 30);
    expect(written.source).toBe('cache');
    expect(
      await until(
        () => insightsDepth(server),
        ({ waiting, inFlight }) => waiting + inFlight === 0,
      ),
    ).toEqual(drained);
  });

  it('tells what it does and takes another behaviour, which shows in the answers', async () => {
    const before = (await server.send('GET', '/local/bedrock')).body;
    expect(before).toMatchObject({ behaviour: 'well', calls: expect.any(Number) });
    const switched = await server.send('POST', '/local/bedrock', { body: { behaviour: 'invented-numbers' } });
    expect(switched.body.behaviour).toBe('invented-numbers');
    const token = await withGoal(server, 'grace');
    await server.send('GET', '/personalization/insights/grace', { token });
    const calls = async () => (await server.send('GET', '/local/bedrock')).body.calls;
    await until(calls, (made) => made > before.calls, 30);
    await until(
      () => insightsDepth(server),
      ({ waiting, inFlight }) => waiting + inFlight === 0,
      30,
    );
    const answer = (await server.send('GET', '/personalization/insights/grace', { token })).body;
    expect([answer.writtenBy, answer.source]).toEqual(['rules', 'fallback']);
  });

  it('names the behaviours where it is asked for another one', async () => {
    const { status, body } = await server.send('POST', '/local/bedrock', { body: { behaviour: 'kindly' } });
    expect([status, body.errors[0].path]).toEqual([400, 'behaviour']);
    for (const behaviour of BEHAVIOURS) expect(body.errors[0].message).toContain(behaviour);
  });
});

describe('without', () => {
  const dataDir = newDataDir();
  afterAll(() => removeDataDir(dataDir));

  it('lets rules write, and says that there is no fake', async () => {
    const server = await startServer(dataDir);
    const token = await withGoal(server, 'ada');
    const { status, body } = await server.send('GET', '/personalization/insights/ada', { token });
    expect([status, body.writtenBy, body.source]).toEqual([200, 'rules', 'fallback']);
    expect(await insightsDepth(server)).toEqual(drained);
    const fake = await server.send('GET', '/local/bedrock');
    expect([fake.status, fake.body.detail]).toEqual([404, expect.stringContaining('ATTUNE_BEDROCK=fake')]);
    expect((await server.send('POST', '/local/bedrock', { body: { behaviour: 'slow' } })).status).toBe(404);
    await server.kill('SIGTERM');
  });

  it('names what ATTUNE_BEDROCK takes', async () => {
    await expect(startServer(dataDir, { ATTUNE_BEDROCK: 'fake:kindly' })).rejects.toThrow('invented-numbers');
    await expect(startServer(dataDir, { ATTUNE_BEDROCK: 'on' })).rejects.toThrow(
      'ATTUNE_BEDROCK must be off',
    );
  });
});

describe('with credentials of the caller', () => {
  const dataDir = newDataDir();
  let service: FakeBedrock;
  beforeAll(async () => {
    service = await startFakeBedrock();
  });
  afterAll(async () => {
    await service.close();
    removeDataDir(dataDir);
  });

  it('signs what goes to Bedrock with them, and nothing else', async () => {
    const server = await startServer(dataDir, {
      ATTUNE_BEDROCK: 'aws',
      ATTUNE_BEDROCK_MODEL: 'anthropic.some-model-v1:0',
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: service.url,
      AWS_ACCESS_KEY_ID: 'AKIACALLER',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'session-of-the-caller',
    });
    const token = await withGoal(server, 'ada');
    const read = async () => (await server.send('GET', '/personalization/insights/ada', { token })).body;
    await until(read, ({ writtenBy }) => writtenBy === 'model', 30);
    const [request] = service.requests();
    expect(request?.model).toBe('anthropic.some-model-v1:0');
    expect(request?.headers.authorization).toContain('Credential=AKIACALLER/');
    expect(request?.headers['x-amz-security-token']).toBe('session-of-the-caller');
    expect((await server.send('GET', '/local/bedrock')).status).toBe(404);
    await server.kill('SIGTERM');
  });
});
