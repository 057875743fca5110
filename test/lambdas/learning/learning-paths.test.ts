import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { profileStore } from '../../../adapters/dynamodb/stores/profile-store.ts';
import { newProfile } from '../../../core/profile/stored-profile.ts';
import { HOUR, MINUTE } from '../../support/clock.ts';
import { type Answer, type Engine, startEngine } from '../../support/engine.ts';
import { expectProblem, expectRefused } from '../../support/expect-problem.ts';
import { asAdmin, asService, asUser } from '../../support/http-event.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine({ ATTUNE_DOMAIN: 'learning' });
});
afterAll(() => engine.close());

const module = (id: string, given: object = {}) => ({
  id,
  title: `About ${id}`,
  type: 'video',
  duration: 600,
  prerequisites: [] as string[],
  ...given,
});

const MODULES = [
  module('quiz', { type: 'quiz', prerequisites: ['read', 'watch'] }),
  module('read', { type: 'article' }),
  module('watch'),
  module('build', { type: 'project', duration: 3_600, prerequisites: ['quiz'] }),
];

const body = (given: object = {}) => ({
  title: 'TypeScript in a month',
  topic: 'typescript',
  level: 'beginner',
  modules: MODULES,
  estimatedDuration: 5_400,
  ...given,
});

const create = (sub: string, given: object = {}) =>
  engine.good('createLearningPath', { body: body(given), claims: asUser(sub) });

const read = (pathId: string, sub: string) =>
  engine.good('getLearningPath', { params: { pathId }, claims: asUser(sub) });

const step = (pathId: string, given: object, claims = asUser('ada')): Promise<Answer> =>
  engine.call('putProgress', { params: { pathId }, body: given, claims });

const done = async (pathId: string, given: object, sub = 'ada'): Promise<Answer['body']> => {
  const answer = await step(pathId, { status: 'completed', ...given }, asUser(sub));
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
  return answer.body;
};

const ids = ({ modules }: { modules: { id: string }[] }) => modules.map(({ id }) => id);
const named = (path: Answer['body'], wanted: string) =>
  path.modules.find(({ id }: { id: string }) => id === wanted);

const interactionsOf = async (userId: string) => {
  const { items } = await engine.good('listInteractions', {
    params: { userId },
    query: { limit: '100' },
    claims: asUser(userId),
  });
  return items as { type: string; contentType?: string; value?: number; interactionId: string }[];
};

const without = ({ decisionId: _, generatedAt: __, unlocked: ___, ...rest }: Answer['body']) => rest;

describe('POST /learning-paths', () => {
  it('orders modules by what they need, then by the style, and says why', async () => {
    const learner = { learningStyle: 'reading', preferredPace: 'slow', experienceLevel: 'beginner' };
    await engine.good('upsertProfile', { body: learner, claims: asUser('rita') });
    const path = await create('rita');
    expect(ids(path)).toEqual(['read', 'watch', 'quiz', 'build']);
    expect(path).toMatchObject({ userId: 'rita', status: 'active', nextModule: 'read', source: 'computed' });
    expect(path.pathId).toMatch(/^lp\.[0-9A-Z]{26}\.[A-Za-z0-9_-]+$/);
    expect(path.progress).toEqual({ completed: 0, total: 4, percent: 0, minutesLeft: 117 });
    expect(path.modules[0]).toMatchObject({
      position: 1,
      status: 'open',
      estimatedMinutes: 13,
      reason: 'Nothing has to come before it; an article suits a reading learner',
    });
    expect(named(path, 'quiz')).toMatchObject({
      status: 'locked',
      reason: 'Comes after read and watch',
    });
    const visual = { ...learner, learningStyle: 'visual' };
    await engine.good('upsertProfile', { body: visual, claims: asUser('vic') });
    expect(ids(await create('vic'))).toEqual(['watch', 'read', 'quiz', 'build']);
  });

  it('is read back as it was answered, with the same decision, and explained', async () => {
    const path = await create('ben');
    const again = await read(path.pathId, 'ben');
    expect({ ...again, generatedAt: path.generatedAt }).toEqual(path);
    const { body: explained } = await engine.call('getDecision', {
      params: { decisionId: path.decisionId },
      claims: asService(),
    });
    expect(explained).toMatchObject({
      kind: 'path',
      userId: 'ben',
      path: { topic: 'typescript', terms: { performance: 0 }, modules: [{ id: 'read' }, {}, {}, {}] },
    });
  });

  it('takes a module of no time and one of ten million seconds', async () => {
    const modules = [
      module('note', { duration: 0 }),
      module('age', { duration: 1e7 }),
      module('million', { duration: 1e6 }),
    ];
    const path = await create('zoe', { modules });
    expect(named(path, 'note').estimatedMinutes).toBe(1);
    expect(named(path, 'million').estimatedMinutes).toBe(16_667);
    expect(named(path, 'age').estimatedMinutes).toBe(166_667);
    const after = await done(path.pathId, { moduleId: 'note', score: 80, timeSpent: 1e7 }, 'zoe');
    expect(named(after, 'million').estimatedMinutes).toBeGreaterThan(16_667);
    expect(named(after, 'million').estimatedMinutes).toBeLessThan(2.5 * 16_667);
  });

  it.each<[string, object[], string, RegExp]>([
    [
      'a cycle',
      [
        module('b'),
        module('x', { prerequisites: ['b'] }),
        module('a', { prerequisites: ['c'] }),
        module('c', { prerequisites: ['a', 'x'] }),
      ],
      'modules.2.prerequisites',
      /^a -> c -> a is a cycle$/,
    ],
    ['a module before itself', [module('a', { prerequisites: ['a'] })], 'modules.0.prerequisites.0', /"a"/],
    [
      'an unknown one',
      [module('a', { prerequisites: ['zz'] })],
      'modules.0.prerequisites.0',
      /"zz" is not a module/,
    ],
    ['a doubled id', [module('a'), module('a')], 'modules.1.id', /"a" is the id of modules.0/],
    ['a negative duration', [module('a', { duration: -1 })], 'modules.0.duration', /./],
    ['no modules', [], 'modules', /./],
  ])('refuses %s, naming the field', async (_, modules, path, message) => {
    const answer = await engine.call('createLearningPath', {
      body: body({ modules }),
      claims: asUser('ada'),
    });
    expectRefused(answer, path);
    expect(answer.body.errors[0]).toMatchObject({ path, message: expect.stringMatching(message) });
  });
});

describe('PUT /learning-paths/{pathId}/progress', () => {
  it('moves on, shows in mastery, interactions, achievements and the rest of the path', async () => {
    const { pathId } = await create('ada');
    const first = await done(pathId, { moduleId: 'watch', score: 95, timeSpent: 500 });
    expect(first.unlocked).toContainEqual({ id: 'first-lesson', name: 'First lesson' });
    expect(first).toMatchObject({
      version: 1,
      nextModule: 'read',
      progress: { completed: 1, percent: 25 },
      mastery: { topic: 'typescript', results: 1 },
    });
    expect(first.mastery.mastery).toBeGreaterThan(0.6);
    expect(first.adaptations).toEqual([expect.objectContaining({ kind: 'harder', moduleId: 'read' })]);
    expect(await interactionsOf('ada')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'complete', contentType: 'video', value: 95 }),
        expect.objectContaining({ type: 'complete_module' }),
      ]),
    );
    const again = await read(pathId, 'ada');
    expect(without(again)).toEqual(without(first));
    expect(again.decisionId).toBe(first.decisionId);
  });

  it('refuses what is locked, unknown, foreign or out of range, naming it', async () => {
    const { pathId } = await create('ada');
    const locked = expectProblem(await step(pathId, { moduleId: 'build', status: 'started' }), 'conflict');
    expect(locked.detail).toBe('build is locked: first quiz');
    expectRefused(await step(pathId, { moduleId: 'nope', status: 'started' }), 'moduleId');
    for (const score of [-1, 101, '90'])
      expectRefused(await step(pathId, { moduleId: 'watch', status: 'completed', score }), 'score');
    expectRefused(await step(pathId, { moduleId: 'watch', status: 'completed', timeSpent: -5 }), 'timeSpent');
    expectRefused(await step(pathId, { moduleId: 'watch', status: 'won' }), 'status');
    const given = { moduleId: 'watch', status: 'completed' };
    expectProblem(await step(pathId, given, asUser('eve')), 'forbidden');
    const changed = `${pathId.slice(0, -1)}${pathId.endsWith('A') ? 'B' : 'A'}`;
    for (const unknown of [changed, 'lp.1', pathId.slice(0, 29).toLowerCase()])
      expectProblem(await step(unknown, given), 'not-found');
    const bare = pathId.slice(0, 29);
    expectProblem(await step(bare, given, asUser('eve')), 'not-found');
    expect((await read(pathId, 'ada')).version).toBe(0);
  });

  it('lets a service act by the id alone, and refuses one that names another user', async () => {
    const { pathId } = await create('ada');
    const given = { moduleId: 'watch', status: 'completed', score: 70 };
    expect((await step(pathId, given, asService())).body).toMatchObject({ userId: 'ada', version: 1 });
    expectProblem(await step(pathId, { ...given, userId: 'bob' }, asService()), 'not-found');
  });

  it('counts a step that is told twice once', async () => {
    const { pathId } = await create('dora');
    const given = { moduleId: 'watch', score: 80, timeSpent: 600 };
    const first = await done(pathId, given, 'dora');
    const before = await interactionsOf('dora');
    const second = await done(pathId, given, 'dora');
    expect(without(second)).toEqual(without(first));
    expect(second.unlocked).toEqual([]);
    expect(await interactionsOf('dora')).toEqual(before);
    expect((await step(pathId, { moduleId: 'watch', status: 'started' }, asUser('dora'))).body.version).toBe(
      1,
    );
  });

  it('loses nothing of steps that come at once', async () => {
    const many = Array.from({ length: 8 }, (_, n) => module(`m${n}`));
    const { pathId } = await create('sim', { modules: many });
    const answers = await Promise.all(
      many.map(({ id }) => step(pathId, { moduleId: id, status: 'completed', score: 75 }, asUser('sim'))),
    );
    expect(answers.map(({ status }) => status)).toEqual(many.map(() => 200));
    const path = await read(pathId, 'sim');
    expect(path).toMatchObject({ version: 8, status: 'completed', progress: { completed: 8, percent: 100 } });
    const told = await interactionsOf('sim');
    expect(told.filter(({ type }) => type === 'complete')).toHaveLength(9);
    const ofPath = told.filter(({ contentType }) => contentType === 'path');
    expect(ofPath.map(({ type }) => type).sort()).toEqual(['complete', 'start']);
    const { learner } = await engine.good('getProfile', { params: { userId: 'sim' }, claims: asUser('sim') });
    expect(learner.skills).toEqual([expect.objectContaining({ topic: 'typescript', results: 8 })]);
  });

  it('puts in a review where a module fails, once per failure, and eases what is left', async () => {
    const { pathId, ...path } = await create('lou');
    const failed = (given: object) =>
      step(pathId, { moduleId: 'watch', status: 'failed', ...given }, asUser('lou')).then(
        ({ body: it }) => it,
      );
    const first = await failed({ score: 30, timeSpent: 1_500 });
    expect(first).toMatchObject({ signals: { struggle: true, boredom: false }, nextModule: 'review-watch' });
    expect(named(first, 'review-watch')).toMatchObject({ reviewOf: 'watch', duration: 200, status: 'open' });
    expect(ids(first).indexOf('review-watch')).toBeLessThan(ids(first).indexOf('watch'));
    expect(named(first, 'build').difficulty).toBeLessThan(named(path, 'build').difficulty);
    expect(first.adaptations.map(({ kind }: { kind: string }) => kind)).toEqual(['review added', 'easier']);
    expect(ids(await failed({ score: 30, timeSpent: 1_500 }))).toEqual(ids(first));
    expect(ids(await failed({ score: 35 }))).toEqual(ids(first));
    await done(pathId, { moduleId: 'review-watch', score: 90 }, 'lou');
    expect(named(await failed({ score: 38 }), 'review-watch-2')).toMatchObject({ reviewOf: 'watch' });
    const passed = await done(pathId, { moduleId: 'watch', score: 85 }, 'lou');
    expect(named(passed, 'review-watch-2').status).toBe('skipped');
    expect(passed.nextModule).toBe('read');
  });

  it('lets somebody who is bored skip, and makes what is left harder', async () => {
    const six = Array.from({ length: 6 }, (_, n) => module(`m${n}`));
    const { pathId, ...path } = await create('bo', { modules: six });
    await done(pathId, { moduleId: 'm0', score: 98, timeSpent: 100 }, 'bo');
    const bored = await done(pathId, { moduleId: 'm1', score: 97, timeSpent: 120 }, 'bo');
    expect(bored.signals).toMatchObject({ struggle: false, boredom: true });
    expect(named(bored, 'm2')).toMatchObject({ maySkip: true });
    expect(named(bored, 'm5').maySkip).toBeUndefined();
    expect(named(bored, 'm5').difficulty).toBeGreaterThan(named(path, 'm5').difficulty);
    expect(named(bored, 'm5').estimatedMinutes).toBeLessThan(named(path, 'm5').estimatedMinutes);
    const { body: skipped } = await step(pathId, { moduleId: 'm2', status: 'skipped' }, asUser('bo'));
    expect(skipped).toMatchObject({ nextModule: 'm3', progress: { completed: 3 } });
  });

  it('is finished by its last module, proposes what comes next, and takes only repeats then', async () => {
    const items = [
      {
        itemId: 'ts-2',
        type: 'course',
        title: 'TypeScript generics',
        topics: ['typescript'],
        level: 'intermediate',
      },
      {
        itemId: 'ts-9',
        type: 'course',
        title: 'TypeScript compilers',
        topics: ['typescript'],
        level: 'expert',
      },
      {
        itemId: 'watch',
        type: 'video',
        title: 'TypeScript basics',
        topics: ['typescript'],
        level: 'beginner',
      },
      { itemId: 'pots', type: 'course', title: 'Pottery', topics: ['clay'], level: 'intermediate' },
    ];
    await engine.good('putCatalogItems', { body: { items }, claims: asAdmin() });
    engine.clock.advance(10_000);
    const { pathId } = await create('fin');
    for (const moduleId of ['watch', 'read', 'quiz']) await done(pathId, { moduleId, score: 88 }, 'fin');
    const last = { moduleId: 'build', score: 91, timeSpent: 3_000 };
    const end = await done(pathId, last, 'fin');
    expect(end).toMatchObject({
      status: 'completed',
      nextModule: null,
      progress: { completed: 4, percent: 100, minutesLeft: 0 },
      nextPath: { contentId: 'ts-2', topic: 'typescript', reason: expect.stringMatching(/typescript/) },
    });
    expect(end.nextPath.confidence).toBeGreaterThan(0.2);
    expect(end.unlocked.map(({ id }: { id: string }) => id)).toContain('first-path');
    expect(without(await done(pathId, last, 'fin'))).toEqual(without(end));
    const more = { moduleId: 'build', status: 'completed', score: 12 };
    expect(expectProblem(await step(pathId, more, asUser('fin')), 'conflict').detail).toMatch(/finished/);
    expect((await read(pathId, 'fin')).version).toBe(4);
  });

  it('stays in order where the clock runs backwards', async () => {
    const { pathId } = await create('clo');
    await done(pathId, { moduleId: 'read', score: 80 }, 'clo');
    engine.clock.advance(-HOUR);
    const back = await done(pathId, { moduleId: 'watch', score: 80 }, 'clo');
    expect(ids(back).slice(0, 2)).toEqual(['read', 'watch']);
    expect(Date.parse(back.updatedAt)).toBeGreaterThan(Date.parse(back.createdAt));
    engine.clock.advance(HOUR + MINUTE);
    expect(ids(await read(pathId, 'clo')).slice(0, 2)).toEqual(['read', 'watch']);
  });
});

describe('achievements', () => {
  it('of the learning product unlock on the way through a path', async () => {
    const types = ['lesson', 'video', 'quiz', 'course', 'article'];
    const modules = Array.from({ length: 50 }, (_, n) => module(`m${n}`, { type: types[n % types.length] }));
    const { pathId } = await create('max', { modules });
    const unlocked: string[] = [];
    for (const { id } of modules) {
      const { unlocked: now } = await done(pathId, { moduleId: id, score: 95 }, 'max');
      unlocked.push(...now.map((one: { id: string }) => one.id));
    }
    expect(new Set(unlocked).size).toBe(unlocked.length);
    expect(unlocked.sort()).toEqual([
      'fifty-parts',
      'first-course',
      'first-lesson',
      'first-mastery',
      'first-path',
      'quiz-taker',
      'ten-parts',
    ]);
    const { achievements } = await engine.good('getAchievements', {
      params: { userId: 'max' },
      claims: asUser('max'),
    });
    const open = achievements.filter(({ status }: { status: string }) => status === 'unlocked');
    expect(open.map(({ id }: { id: string }) => id).sort()).toEqual(unlocked);
  });

  it('count what no score was given for, once', async () => {
    await engine.good('putGoals', {
      body: {
        shortTerm: ['complete_module', 'pass_quiz', 'complete_quiz', 'paths', 'modules'].map((metric) => ({
          title: metric,
          metric,
          target: 10,
        })),
      },
      claims: asUser('una'),
    });
    const modules = [module('a', { type: 'quiz' }), module('b', { type: 'Module' })];
    const { pathId } = await create('una', { modules });
    for (const moduleId of ['a', 'a', 'b']) await done(pathId, { moduleId }, 'una');
    const { shortTerm } = await engine.good('getGoals', { params: { userId: 'una' }, claims: asUser('una') });
    type Shown = { title: string; progress: { current: number } };
    const progress = shortTerm.map(({ title, progress: { current } }: Shown) => [title, current]);
    expect(progress).toEqual([
      ['complete_module', 2],
      ['pass_quiz', 1],
      ['complete_quiz', 1],
      ['paths', 1],
      ['modules', 2],
    ]);
  });
});

describe('DELETE of the profile', () => {
  it('forgets paths and what was done of them', async () => {
    const { pathId } = await create('del');
    await done(pathId, { moduleId: 'watch', score: 50 }, 'del');
    await engine.good('upsertProfile', { body: { interests: ['film'] }, claims: asUser('del') });
    await engine.good('resetProfile', { params: { userId: 'del' }, claims: asUser('del') });
    const keys = [...(await engine.scan()).keys()];
    expect(keys.filter((key) => key.startsWith('USER#del LEARNING'))).toEqual([]);
    const given = { moduleId: 'watch', status: 'completed' };
    expectProblem(await step(pathId, given, asUser('del')), 'not-found');
  });
});

describe('GET /learning-paths', () => {
  it('lists paths newest first, page by page', async () => {
    const made: string[] = [];
    for (const title of ['One', 'Two', 'Three']) {
      made.unshift((await create('lis', { title })).pathId);
      engine.clock.advance(1_000);
    }
    await done(made[1]!, { moduleId: 'watch', score: 50 }, 'lis');
    const page = (cursor?: string) =>
      engine.good('listLearningPaths', {
        query: { limit: '2', ...(cursor && { cursor }) },
        claims: asUser('lis'),
      });
    const first = await page();
    expect(first.items.map(({ pathId }: { pathId: string }) => pathId)).toEqual(made.slice(0, 2));
    expect(first.items[1].progress.completed).toBe(1);
    const second = await page(first.nextCursor);
    expect(second.items.map(({ title }: { title: string }) => title)).toEqual(['One']);
    expect(second.nextCursor).toBeNull();
    const none = await engine.good('listLearningPaths', { claims: asUser('nobody') });
    expect(none).toEqual({ items: [], nextCursor: null, reason: expect.any(String) });
  });
});

describe('a user who opted out', () => {
  it('gets the path for everybody, nothing adapted, nothing tracked and no trace', async () => {
    const store = profileStore(engine.database);
    const profile = newProfile('opt', engine.clock.now());
    const learner = { learningStyle: 'reading', interests: [], careerGoals: [], learningObjectives: [] };
    const privacy = { ...profile.privacy, optOut: true };
    await store.put({ ...profile, learner, privacy, version: 1 }, 0);
    const path = await create('opt');
    expect(path).toMatchObject({ source: 'fallback', reason: expect.stringMatching(/personalisation/) });
    expect(ids(path)).toEqual(ids(await create('stranger')));
    const after = (await step(path.pathId, { moduleId: 'watch', status: 'failed', score: 5 }, asUser('opt')))
      .body;
    expect(after).toMatchObject({
      source: 'fallback',
      unlocked: [],
      adaptations: [],
      signals: { struggle: false },
    });
    expect(named(after, 'build').difficulty).toBe(named(path, 'build').difficulty);
    const keys = [...(await engine.scan()).keys()].filter((key) => key.startsWith('USER#opt '));
    const bare = path.pathId.slice(0, 29);
    expect(keys.sort()).toEqual([
      `USER#opt LEARNING#${bare}#PATH`,
      `USER#opt LEARNING#${bare}#PROGRESS`,
      'USER#opt PERSONALIZATION',
    ]);
  });
});

describe('a user who allows no analytics', () => {
  it('gets an adapted path of which nothing counts, is told so, and nothing of it counts once they do allow it', async () => {
    const allow = async (analytics: boolean, version: number) => {
      const profile = newProfile('ann', engine.clock.now());
      const consents = { ...profile.privacy.consents, analytics };
      const privacy = { ...profile.privacy, consents };
      await profileStore(engine.database).put({ ...profile, privacy, version }, version - 1);
      engine.clock.advance(MINUTE);
    };
    const achievements = () =>
      engine.good('getAchievements', { params: { userId: 'ann' }, claims: asUser('ann') });
    await allow(false, 1);
    const path = await create('ann');
    const silent = await done(path.pathId, { moduleId: 'watch', score: 30 }, 'ann');
    expect(silent).toMatchObject({ source: 'computed', unlocked: [], mastery: { results: 0 } });
    expect(silent.reason).toMatch(/does not allow what they do to be stored/);
    expect((await achievements()).reason).toBe(silent.reason);
    await allow(true, 2);
    expect((await read(path.pathId, 'ann')).mastery.results).toBe(0);
    const told = await done(path.pathId, { moduleId: 'read', score: 80 }, 'ann');
    expect(told).toMatchObject({ unlocked: [{ id: 'first-lesson' }], mastery: { results: 1 } });
    expect([told.reason, (await achievements()).reason]).toEqual([undefined, undefined]);
  });
});
