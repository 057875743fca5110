import { describe, expect, it } from '@jest/globals';
import { recommendationFaults } from '../../../../core/experiments/definition/check-recommendations.ts';
import { targetsOf } from '../../../../core/experiments/definition/targets.ts';
import type { ExperimentBody, Variant } from '../../../../core/experiments/types.ts';
import { chosenIn } from '../../../../core/recommend/ask.ts';
import { recommend } from '../../../../core/recommend/rank/recommend.ts';
import {
  type ArmOptions,
  choicesOf,
  steered,
  weighedBy,
} from '../../../../core/recommend/serve/arm-options.ts';
import { type ArmsAsk, candidatesAt, drawArms } from '../../../../core/recommend/serve/arms.ts';
import { assignAsk, experimentBody, experimentsOf } from '../../../support/experiments.ts';
import { catalogItem, request, sourcesOf, userSignals, WEIGHTS } from '../recommend-world.ts';

const payloads = (...given: readonly (Variant['payload'] | undefined)[]): Variant[] =>
  given.map((payload, at) => ({ key: `arm-${at}`, weight: 1 / given.length, ...(payload && { payload }) }));

const ranking = (key: string, options: readonly (ArmOptions | undefined)[], given = {}): ExperimentBody =>
  experimentBody({
    key,
    variants: payloads(...options.map((one) => one && { recommendations: one })),
    ...given,
  });

const inputs = (userId: string, given = {}) => {
  const { data: _, ...ask } = assignAsk(userId);
  return { ...ask, values: {}, ...given };
};
const anywhere: ArmsAsk = { context: '', chosen: [] };
const keysAt = (bodies: readonly ExperimentBody[], ask: Partial<ArmsAsk>): string[] =>
  candidatesAt(experimentsOf(...bodies), { ...anywhere, ...ask }).map(({ one }) => one.experiment.body.key);

describe('where the arms of an experiment are shown', () => {
  it.each<[string, readonly (Variant['payload'] | undefined)[], string[]]>([
    ['no payload', [undefined, undefined], ['config']],
    ['a config', [undefined, { config: { theme: 'dark' } }], ['config']],
    ['a value of a flag', [{ value: 1 }, { value: 2 }], ['config']],
    ["the application's own", [undefined, { banner: 'big' }], ['config']],
    ['recommendations', [undefined, { recommendations: { diversity: 1 } }], ['recommendations']],
    ['both', [{ config: {} }, { recommendations: {} }], ['config', 'recommendations']],
    ['a name that objects have', [undefined, { toString: 1 }], ['config']],
  ])('by %s', (_, given, targets) => {
    expect([...targetsOf({ variants: payloads(...given) })]).toEqual(targets);
  });
});

describe('what arms change in a request', () => {
  it('is what they say, and nothing else', () => {
    const asked = request({ limit: 7, exclude: ['x'] });
    expect(steered(asked, [])).toEqual({ request: asked, factors: undefined });
    expect(steered(asked, [{}, { contexts: ['home'] }])).toEqual({ request: asked, factors: undefined });
    expect(steered(asked, [{ strategy: 'popular' }, { diversity: 0.4 }])).toEqual({
      request: { ...asked, strategy: 'popular', diversity: 0.4 },
      factors: undefined,
    });
    expect(steered(asked, [{ weights: { content: 0 } }]).factors).toEqual({ content: 0 });
  });

  it('multiplies the weights of the model, and wakes a part that it does without', () => {
    expect(weighedBy(WEIGHTS, undefined)).toEqual(WEIGHTS);
    expect(weighedBy(WEIGHTS, { collaborative: 0, sequential: 2, content: 1 })).toEqual({
      ...WEIGHTS,
      collaborative: 0,
      sequential: WEIGHTS.sequential * 2,
    });
    const without = { ...WEIGHTS, content: 0, popular: 0, interests: 0 };
    expect(weighedBy(without, { content: 1, popular: 3, interests: 0 })).toEqual({
      ...without,
      popular: 3,
    });
  });

  it('gives the ladder, and no error, where every part is turned off', () => {
    const weights = { collaborative: 0, sequential: 0, content: 0, popular: 0, interests: 0 };
    const items = ['a', 'b', 'c'].map((itemId) => catalogItem(itemId));
    const world = sourcesOf(items, { neighbours: new Map(), weights: weighedBy(WEIGHTS, weights) });
    const { items: shown, rung } = recommend(request(), userSignals({ chosen: ['a'] }), world);
    expect([rung, shown.map(({ itemId }) => itemId).sort()]).toEqual(['newest', ['b', 'c']]);
  });

  it.each<[ArmOptions[], string[]]>([
    [[], []],
    [[{}, { contexts: ['home'] }], []],
    [[{}, { weights: {} }], ['mix']],
    [
      [{ strategy: 'popular' }, { diversity: 0 }],
      ['mix', 'diversity'],
    ],
  ])('decides of %j: %j', (options, choices) => {
    expect(choicesOf(options)).toEqual(choices);
  });
});

describe('experiments that may decide a list', () => {
  const mix = ranking('mix', [undefined, { strategy: 'popular' }]);
  const spread = ranking('spread', [{}, { diversity: 0.5 }]);
  const layout = experimentBody({ key: 'layout' });

  it('are those of recommendations that run', () => {
    const draft = ranking('draft', [{}, { diversity: 1 }], { status: 'draft' });
    const paused = ranking('paused', [{}, { diversity: 1 }], { status: 'paused' });
    expect(keysAt([layout, mix, draft, paused, spread], {})).toEqual(['mix', 'spread']);
  });

  it('leave alone what the caller names, whatever it names', () => {
    expect(chosenIn({})).toEqual([]);
    expect(chosenIn({ strategy: undefined, diversity: 0 })).toEqual(['diversity']);
    expect(keysAt([mix, spread], { chosen: chosenIn({ strategy: 'hybrid' }) })).toEqual(['spread']);
    expect(keysAt([mix, spread], { chosen: chosenIn({ diversity: 0 }) })).toEqual(['mix']);
    expect(keysAt([mix, spread], { chosen: chosenIn({ strategy: 'popular', diversity: 1 }) })).toEqual([]);
  });

  it('act in their contexts, for every arm alike', () => {
    const home = ranking('home', [undefined, { diversity: 1, contexts: ['home', 'start'] }]);
    expect(keysAt([home], { context: 'home' })).toEqual(['home']);
    expect(keysAt([home], { context: 'start' })).toEqual(['home']);
    expect(keysAt([home], { context: 'page' })).toEqual([]);
    expect(keysAt([home], {})).toEqual([]);
  });

  const armsOf = (bodies: readonly ExperimentBody[], userId: string, given = {}) =>
    drawArms(candidatesAt(experimentsOf(...bodies), anywhere), inputs(userId, given)).map(
      ({ assignment }) => assignment.key,
    );

  it('do not decide the same twice: the older one does, for the users in it', () => {
    const half = ranking('half', [{}, { strategy: 'popular' }], { coverage: 0.5 });
    const weights = ranking('weights', [{}, { weights: { content: 2 } }]);
    const drawn = Array.from({ length: 200 }, (_, n) => armsOf([half, weights, spread], `user-${n}`).join());
    expect(new Set(drawn)).toEqual(new Set(['half,spread', 'weights,spread']));
  });

  it('are at most eight for one list, however many decide nothing', () => {
    const same = Array.from({ length: 12 }, (_, n) => ranking(`aa-${n}`, [{}, {}]));
    expect(armsOf(same, 'ada')).toHaveLength(8);
  });

  it('give everybody nothing where experiments are switched off, and the condition is not met', () => {
    expect(armsOf([mix], 'ada', { abTesting: false })).toEqual([]);
    const condition = { '==': [{ var: 'device' }, 'mobile'] };
    const mobile = ranking('mobile', [{}, { diversity: 1 }], { condition });
    expect(armsOf([mobile], 'ada')).toEqual([]);
    expect(armsOf([mobile], 'ada', { values: { device: 'mobile' } })).toEqual(['mobile']);
  });
});

describe('faults of arms that rank', () => {
  const faults = (options: readonly (ArmOptions | undefined)[], given = {}) =>
    recommendationFaults(ranking('one', options, given)).map(({ path }) => path);

  it('are weights beside another strategy, and contexts that differ', () => {
    expect(faults([undefined, { strategy: 'hybrid', weights: { content: 0 }, contexts: ['a'] }])).toEqual([]);
    expect(faults([{ contexts: ['a', 'b'] }, { contexts: ['b', 'a', 'a'] }, {}])).toEqual([]);
    expect(faults([{ weights: { content: 1 }, strategy: 'popular' }, {}])).toEqual([
      'variants.0.payload.recommendations.weights',
    ]);
    expect(faults([{}, { contexts: ['a'] }, { contexts: ['a', 'b'] }])).toEqual([
      'variants.2.payload.recommendations.contexts',
    ]);
  });

  it('are metrics of recommendations where no arm makes any', () => {
    const metrics = [{ name: 'click', type: 'binomial', goal: 'increase', attribution: 'recommendation' }];
    expect(faults([undefined, undefined], { metrics })).toEqual(['metrics.0.attribution']);
    expect(faults([undefined, { diversity: 1 }], { metrics })).toEqual([]);
  });
});
