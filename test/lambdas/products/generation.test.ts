import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { profileStore } from '../../../adapters/dynamodb/stores/profile-store.ts';
import { newProfile } from '../../../core/profile/stored-profile.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { expectProblem } from '../../support/expect-problem.ts';
import { asAdmin, asService, asUser } from '../../support/http-event.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine({ ATTUNE_DOMAIN: 'video' });
});
afterAll(() => engine.close());

const ask = (userId: string, context: object = {}) =>
  engine.good('decideGenerationParams', { body: { userId, context }, claims: asUser(userId) });

const tell = (body: { userId: string; generationId: string; [name: string]: unknown }) =>
  engine.call('recordVideoGeneration', { body, claims: asService() });

const good = { status: 'completed', rating: 5, watchedRatio: 0.9 };
const bad = { status: 'discarded', rating: 1 };

const optOut = async (userId: string) => {
  const store = profileStore(engine.database);
  const profile = (await store.get(userId)) ?? newProfile(userId, 0);
  const privacy = { ...profile.privacy, optOut: true };
  await store.put({ ...profile, privacy, version: profile.version + 1 }, profile.version);
};

describe('POST /personalization/generation-params', () => {
  it('gives an unknown user what suits purpose and device, with reasons and a trace', async () => {
    const answer = await ask('ada', { purpose: 'social', device: { type: 'Mobile' } });
    expect(answer).toMatchObject({
      parameters: {
        visualStyle: 'bold',
        durationSeconds: 30,
        aspectRatio: '9:16',
        resolution: '1080p',
        pacing: 'fast',
        captions: true,
        category: 'product',
      },
      source: 'computed',
    });
    expect(answer.confidence).toBeLessThan(0.2);
    expect(answer.reasons.aspectRatio).toMatchObject({
      from: 'default',
      reason: 'Aspect ratio "9:16" suits the purpose "social"',
    });
    const { body } = await engine.call('getDecision', {
      params: { decisionId: answer.decisionId },
      claims: asUser('ada'),
    });
    expect(body).toMatchObject({
      kind: 'generation',
      device: 'mobile',
      generation: { domain: 'video', generationId: answer.generationId, purpose: 'social' },
    });
    expect(body.generation.parameters).toHaveLength(8);
  });

  it('knows a purpose and a device whatever their case, as one place', async () => {
    const [plain, shouted] = [
      { purpose: 'story', device: 'tv' },
      { purpose: ' STORY ', device: 'TV' },
    ];
    const told = { userId: 'abe', parameters: { aspectRatio: '1:1' }, context: shouted, outcome: good };
    expect((await ask('abe', shouted)).parameters).toEqual((await ask('abe', plain)).parameters);
    expect((await ask('abe', shouted)).parameters.aspectRatio).toBe('9:16');
    for (const n of [1, 2, 3]) await tell({ ...told, generationId: `own-${n}` });
    expect((await ask('abe', plain)).parameters.aspectRatio).toBe('1:1');
    for (const purpose of ['__proto__', 'constructor', ''])
      expect(
        (
          await engine.call('decideGenerationParams', {
            body: { context: { purpose } },
            claims: asUser('abe'),
          })
        ).status,
      ).toBe(purpose === '' ? 400 : 200);
  });

  it('follows three good outcomes with another style, and leaves a style after bad ones', async () => {
    for (const n of [1, 2, 3]) {
      const parameters = { visualStyle: 'retro' };
      const { body } = await tell({ userId: 'bea', generationId: `own-${n}`, parameters, outcome: good });
      expect(body).toEqual({
        success: true,
        generationId: `own-${n}`,
        reward: 0.96,
        learned: parameters,
        known: false,
      });
    }
    const liked = await ask('bea');
    expect(liked.parameters.visualStyle).toBe('retro');
    expect(liked.reasons.visualStyle).toMatchObject({
      from: 'user',
      reason: '"retro" went well for this user: 3 outcomes with 0.96 on average',
    });
    for (const n of [1, 2, 3]) {
      const { generationId, parameters } = await ask('bob');
      expect(n <= 2).toBe(parameters.visualStyle === 'natural');
      const { body } = await tell({ userId: 'bob', generationId, outcome: bad });
      expect(body).toMatchObject({ known: true, learned: { visualStyle: parameters.visualStyle } });
    }
  });

  it('says what went well with what is usual, and nothing of what did not', async () => {
    const parameters = { visualStyle: 'natural', music: 'calm', pacing: 'medium' };
    await tell({ userId: 'art', generationId: 'own-1', parameters, outcome: good });
    const { reasons } = await ask('art', { purpose: 'interview' });
    expect(reasons.music).toMatchObject({
      from: 'default',
      reason: expect.stringMatching(/^Music "calm" .* and went well for this user: 1 outcome with 0.96/),
    });
    expect(reasons.captions.reason).toBe('Captions on is usual; no outcome says better yet');
  });

  it('lets a second outcome of a generation replace the first', async () => {
    const { generationId, parameters } = await ask('cleo');
    const styles = async () => (await ask('cleo')).reasons.visualStyle.expected;
    const before = await styles();
    const told = () => tell({ userId: 'cleo', generationId, outcome: good });
    await told();
    const after = await styles();
    expect(after).toBeGreaterThan(before);
    await told();
    expect(await styles()).toBe(after);
    await tell({ userId: 'cleo', generationId, outcome: { status: 'failed' } });
    expect(await styles()).toBe(before);
    expect((await ask('cleo')).parameters).toEqual(parameters);
  });

  it('loses no outcome where many come at once', async () => {
    await Promise.all(
      [1, 2, 3, 4].map((n) =>
        tell({
          userId: 'dora',
          generationId: `own-${n}`,
          parameters: { visualStyle: 'minimal' },
          outcome: good,
        }),
      ),
    );
    expect((await ask('dora')).reasons.visualStyle.reason).toContain('4 outcomes');
  });

  it('takes stated and learned preferences into account', async () => {
    await engine.good('updateProfile', {
      params: { userId: 'eve' },
      body: { preferences: { visualStyle: 'Warm', duration: 20 } },
      claims: asUser('eve'),
    });
    const { parameters, reasons } = await ask('eve');
    expect(parameters).toMatchObject({ visualStyle: 'warm', durationSeconds: 15 });
    expect(reasons.visualStyle).toMatchObject({ from: 'stated' });
    await engine.good('learnPreferences', {
      body: {
        userId: 'fay',
        behaviorData: {
          projects: Array.from({ length: 6 }, () => ({ visualStyle: 'documentary', category: 'news' })),
        },
      },
      claims: asUser('fay'),
    });
    expect((await ask('fay')).parameters).toMatchObject({ visualStyle: 'documentary', category: 'news' });
  });

  it('forgets what it learned of a user who is reset', async () => {
    const told = { userId: 'rex', parameters: { visualStyle: 'retro' }, outcome: good };
    for (const n of [1, 2, 3]) await tell({ ...told, generationId: `own-${n}` });
    await engine.good('updateProfile', { params: { userId: 'rex' }, body: {}, claims: asUser('rex') });
    expect((await ask('rex')).parameters.visualStyle).toBe('retro');
    await engine.good('resetProfile', { params: { userId: 'rex' }, claims: asUser('rex') });
    expect((await ask('rex')).parameters.visualStyle).toBe('natural');
  });

  it('forgets it of a user, too, of whom nothing else is known', async () => {
    const told = { userId: 'roy', parameters: { visualStyle: 'retro' }, outcome: good };
    for (const n of [1, 2, 3]) await tell({ ...told, generationId: `own-${n}` });
    expect((await ask('roy')).parameters.visualStyle).toBe('retro');
    const answer = await engine.call('resetProfile', { params: { userId: 'roy' }, claims: asUser('roy') });
    expectProblem(answer, 'not-found');
    expect((await ask('roy')).parameters.visualStyle).toBe('natural');
  });

  it('reads and stores nothing of a user who opted out', async () => {
    for (const n of [1, 2, 3])
      await tell({
        userId: 'gus',
        generationId: `own-${n}`,
        parameters: { visualStyle: 'retro' },
        outcome: good,
      });
    await optOut('gus');
    const before = await engine.scan();
    const answer = await ask('gus', { purpose: 'social' });
    expect(answer).toMatchObject({ source: 'fallback', parameters: { visualStyle: 'bold' } });
    expect(answer.reason).toContain('opted out');
    const { body } = await tell({ userId: 'gus', generationId: 'own-4', outcome: good });
    expect(body).toMatchObject({ learned: {}, known: false, reason: answer.reason });
    expect(await engine.scan()).toEqual(before);
  });

  it('knows what went well for everybody after the daily count, without those who withdrew their consent', async () => {
    for (let n = 0; n < 30; n += 1)
      await tell({
        userId: `maker-${n}`,
        generationId: 'own',
        parameters: { visualStyle: 'illustrated' },
        outcome: good,
      });
    for (let n = 0; n < 40; n += 1) {
      const userId = `gone-${n}`;
      await tell({ userId, generationId: 'own', parameters: { visualStyle: 'documentary' }, outcome: good });
      await optOut(userId);
    }
    await engine.runJob('aggregate', 'count-1');
    engine.clock.advance(2 * 60_000);
    const { parameters, reasons } = await ask('newcomer');
    expect(parameters.visualStyle).toBe('illustrated');
    expect(reasons.visualStyle.from).toMatch(/everybody|segment/);
    expect(reasons.visualStyle.reason).toContain('30 outcomes with 0.96');
  });
});

describe('bad input of generations', () => {
  it('names an outcome for an unknown generation', async () => {
    const answer = await tell({ userId: 'hal', generationId: 'gen.unknown', outcome: good });
    expectProblem(answer, 'not-found');
    expect(answer.body.detail).toContain('generationId "gen.unknown"');
  });

  it('keeps out what the product does not declare, and says so', async () => {
    const { body } = await tell({
      userId: 'hal',
      generationId: 'own',
      parameters: { visualStyle: 'vaporwave', durationSeconds: '30', aspectRatio: '1:1', __proto__x: 1 },
      outcome: good,
    });
    expect(body).toMatchObject({ success: true, learned: { aspectRatio: '1:1' } });
    expect(body.reason).toBe(
      'Kept out, since the product does not declare it: visualStyle, durationSeconds, __proto__x',
    );
  });

  it.each([
    ['rating', { status: 'completed', rating: 6 }, 'outcome.rating'],
    ['watched ratio', { status: 'completed', watchedRatio: 1.2 }, 'outcome.watchedRatio'],
    ['status', { status: 'great' }, 'outcome.status'],
  ])('refuses an impossible %s', async (_, outcome, path) => {
    const answer = await tell({ userId: 'hal', generationId: 'own', parameters: {}, outcome });
    expectProblem(answer, 'validation');
    expect(answer.body.errors[0].path).toBe(path);
  });

  it('refuses parameters that are lists or objects, and too many of them', async () => {
    const of = (parameters: object) =>
      tell({ userId: 'hal', generationId: 'own', parameters, outcome: good });
    expectProblem(await of({ visualStyle: ['retro'] }), 'validation');
    expectProblem(await of({ visualStyle: null }), 'validation');
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`p${n}`, n]));
    expectProblem(await of(many), 'validation');
  });

  it('is for services only, and a user may not name a product', async () => {
    const body = { userId: 'ada', generationId: 'own', outcome: good };
    expectProblem(await engine.call('recordVideoGeneration', { body, claims: asUser('ada') }), 'forbidden');
    const foreign = { userId: 'ada', domain: 'film', context: {} };
    expectProblem(
      await engine.call('decideGenerationParams', { body: foreign, claims: asUser('ada') }),
      'forbidden',
    );
  });
});

const item = (itemId: string, given: object = {}) => ({
  itemId,
  type: 'video',
  title: `Video ${itemId}`,
  topics: ['launch'],
  attributes: { owner: 'studio' },
  ...given,
});

const analyse = (contentId: string, analysis: object) =>
  engine.call('integrateContentAnalysis', { body: { contentId, analysis }, claims: asService() });

describe('POST /personalization/integrate-content-analysis', () => {
  beforeAll(async () => {
    const items = [item('video-1'), item('video-2', { attributes: { style: 'stated' } }), item('video-3')];
    await engine.good('putCatalogItems', { body: { items }, claims: asAdmin() });
  });

  const read = (itemId: string) =>
    engine.good('getCatalogItem', { params: { itemId }, claims: asUser('ada') });

  it('enriches the catalogue, once, and gives way to the next analysis', async () => {
    const found = { topics: ['Drone', 'launch'], style: 'cinematic', sentiment: 'positive', quality: 0.8 };
    const { body } = await analyse('video-1', found);
    expect(body).toMatchObject({ success: true, topics: ['launch', 'Drone'], style: 'cinematic' });
    expect(body.changed).toEqual([
      'topics',
      'tags',
      'attributes.style',
      'attributes.sentiment',
      'attributes.quality',
      'attributes.analysis',
    ]);
    expect(await read('video-1')).toMatchObject({
      topics: ['launch', 'Drone'],
      tags: ['cinematic'],
      attributes: { owner: 'studio', style: 'cinematic', sentiment: 'positive', quality: 0.8 },
    });
    expect((await analyse('video-1', found)).body.changed).toEqual([]);
    await analyse('video-1', { topics: ['night'], style: 'retro', sentiment: -0.4 });
    expect(await read('video-1')).toMatchObject({
      topics: ['launch', 'night'],
      tags: ['retro'],
      attributes: { owner: 'studio', style: 'retro', sentiment: 'negative', quality: 0.8 },
    });
    await analyse('video-2', { topics: [], style: 'bold' });
    expect((await read('video-2')).attributes.style).toBe('stated');
  });

  it('describes those who engaged with it at their next read, and moves their parameters', async () => {
    const profile = () => engine.good('getProfile', { params: { userId: 'ivy' }, claims: asUser('ivy') });
    const videos = Array.from({ length: 6 }, (_, n) => `seen-${n}`);
    const items = videos.map((itemId) => item(itemId));
    await engine.good('putCatalogItems', { body: { items }, claims: asAdmin() });
    for (const contentId of videos)
      await engine.good('trackInteraction', {
        body: { userId: 'ivy', type: 'complete', contentId, contentType: 'video' },
        claims: asUser('ivy'),
      });
    engine.clock.advance(10_000);
    expect((await profile()).contentInterests).toEqual({
      styles: [],
      topics: [{ name: 'launch', contents: 6, share: 1 }],
    });
    expect((await ask('ivy', { purpose: 'tutorial' })).parameters.visualStyle).toBe('minimal');
    const before = await engine.scan();
    for (const contentId of videos) await analyse(contentId, { topics: ['coffee'], style: 'Documentary' });
    const changed = [...(await engine.scan())].filter(([key, digest]) => before.get(key) !== digest);
    expect(changed.every(([key]) => key.startsWith('ITEM#'))).toBe(true);
    engine.clock.advance(10_000);
    expect((await profile()).contentInterests).toEqual({
      styles: [{ name: 'Documentary', contents: 6, share: 1 }],
      topics: [
        { name: 'coffee', contents: 6, share: 1 },
        { name: 'launch', contents: 6, share: 1 },
      ],
    });
    expect((await ask('ivy', { purpose: 'tutorial' })).reasons.visualStyle).toMatchObject({
      from: 'stated',
      reason: 'The user engaged with 6 contents of "documentary"',
    });
  });

  it('loses nothing of what the owner changes meanwhile, nor of another analysis', async () => {
    await engine.good('putCatalogItem', {
      params: { itemId: 'busy' },
      body: item('busy'),
      claims: asAdmin(),
    });
    const titled = (title: string) =>
      engine.call('putCatalogItem', {
        params: { itemId: 'busy' },
        body: { ...item('busy', { title }), topics: ['launch', title] },
        claims: asAdmin(),
      });
    const calls = await Promise.all([
      analyse('busy', { topics: ['harbour'], style: 'retro' }),
      titled('second'),
      analyse('busy', { topics: [], quality: 0.7 }),
      titled('third'),
      analyse('busy', { topics: [], sentiment: 'positive' }),
    ]);
    expect(calls.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    await analyse('busy', { topics: ['harbour'], style: 'retro' });
    const stored = await read('busy');
    expect(['second', 'third']).toContain(stored.title);
    expect(stored.topics).toEqual(['launch', stored.title, 'harbour']);
    engine.clock.advance(10_000);
    const told = await Promise.all(
      [{ quality: 0.4 }, { style: 'bold' }, { sentiment: 'negative' }, { attributes: { faces: 3 } }].map(
        (found) => analyse('busy', { topics: [], ...found }),
      ),
    );
    expect(told.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await read('busy')).attributes.analysis).toMatchObject({
      quality: 0.4,
      style: 'bold',
      sentiment: 'negative',
      attributes: { faces: 3 },
    });
  });

  it('names an unknown content, and refuses what leaves no room', async () => {
    expectProblem(await analyse('video-404', { topics: ['x'] }), 'not-found');
    expectProblem(await analyse('video-1', { topics: 'x' }), 'validation');
    expectProblem(await analyse('video-1', { quality: 2 }), 'validation');
    const long = { notes: Array.from({ length: 40 }, () => 'a'.repeat(95)) };
    expect((await analyse('video-1', { attributes: long })).status).toBe(200);
    await engine.good('putCatalogItem', {
      params: { itemId: 'video-2' },
      body: { ...item('video-2'), attributes: { notes: 'a'.repeat(7_000) } },
      claims: asAdmin(),
    });
    const answer = await analyse('video-2', { attributes: long });
    expectProblem(answer, 'validation');
    expect(answer.body.errors[0].path).toBe('analysis');
  });
});
