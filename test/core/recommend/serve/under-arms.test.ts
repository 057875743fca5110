import { describe, expect, it } from '@jest/globals';
import type { ExperimentBody, StickyAssignments } from '../../../../core/experiments/types.ts';
import { emptyState } from '../../../../core/journal/empty-state.ts';
import { type ArmPorts, underArms } from '../../../../core/recommend/serve/under-arms.ts';
import { experimentBody, experimentsOf } from '../../../support/experiments.ts';
import { memoryOutcomes } from '../../../support/outcomes.ts';

const NOW = Date.UTC(2026, 10, 21, 12);

const ranking = (given: Partial<ExperimentBody> = {}): ExperimentBody =>
  experimentBody({
    key: 'ranking',
    variants: [
      { key: 'control', weight: 0.5 },
      { key: 'popular', weight: 0.5, payload: { recommendations: { strategy: 'popular' } } },
    ],
    ...given,
  });

type World = { readonly bodies?: ExperimentBody[]; readonly sticky?: StickyAssignments };

/** One user on stores in memory; answers the arms of every list that was made, and what was asked. */
const world = (change: Partial<ArmPorts> = {}, { bodies = [ranking()], sticky }: World = {}) => {
  const experiments = experimentsOf(...bodies);
  const calls: string[] = [];
  const made: string[] = [];
  const ports: ArmPorts = {
    outcomes: memoryOutcomes(),
    assignments: {
      expose: async (_, additions) => {
        calls.push('expose');
        return { ...additions, ...sticky };
      },
    },
    experimentSet: async () => experiments,
    userModels: async () => {
      calls.push('models');
      return undefined;
    },
    switches: { abTesting: true, ml: true },
    exposureLost: () => calls.push('lost'),
    ...change,
  };
  const ask = (userId: string, given: object = {}) =>
    underArms(
      ports,
      {
        userId,
        experiments,
        ask: { context: '', chosen: [] },
        now: NOW,
        loaded: {
          profile: undefined,
          journal: emptyState,
          facts: new Set(),
          precomputed: undefined,
          units: 1,
          ...given,
        },
      },
      async (arms) => {
        made.push(arms.map(({ assignment }) => assignment.variant).join());
        return made.length;
      },
    );
  const line = experiments.experiments[0]?.line ?? '';
  return { ask, calls, made, line, ports };
};

const other = { control: 'popular', popular: 'control' } as const;

describe('a list under arms', () => {
  it('stores an arm when it is shown first, and writes nothing when it is shown again', async () => {
    const { ask, calls, line } = world();
    const { arms } = await ask('ada');
    const { variant, propensity } = arms[0]?.assignment ?? { variant: '', propensity: 0 };
    expect([calls, propensity]).toEqual([['expose'], 0.5]);
    await ask('ada', { sticky: { [line]: [variant, NOW, 0.5] } });
    expect(calls).toEqual(['expose']);
  });

  it('is made once more under the arm that another request was first with', async () => {
    const drawn = (await world().ask('ada')).arms[0]?.assignment.variant as keyof typeof other;
    const { line } = world();
    const { ask, made } = world({}, { sticky: { [line]: [other[drawn], NOW - 5, 0.5] } });
    const { arms, answer } = await ask('ada');
    expect([made, answer]).toEqual([[drawn, other[drawn]], 2]);
    expect(arms.map(({ assignment }) => assignment.variant)).toEqual([other[drawn]]);
  });

  it('is answered where the arm cannot be stored', async () => {
    const expose = () => Promise.reject(new Error('throttled'));
    const { ask, calls, made } = world({ assignments: { expose } });
    expect((await ask('ada')).arms).toHaveLength(1);
    expect([calls, made.length]).toEqual([['lost'], 1]);
  });

  it('counts no tester', async () => {
    const { ask, calls, made } = world({}, { bodies: [ranking({ forced: { ada: 'popular' } })] });
    await ask('ada');
    expect([calls, made]).toEqual([[], ['popular']]);
  });

  it('asks and stores nothing where no experiment is about recommendations, or none may run', async () => {
    const layout = world({}, { bodies: [experimentBody()] });
    const off = world({ switches: { abTesting: false, ml: true } });
    for (const { ask, calls, made } of [layout, off]) {
      expect(await ask('ada')).toEqual({ arms: [], answer: 1 });
      expect([calls, made]).toEqual([[], ['']]);
    }
  });

  it('asks for models of users only where a condition reads them', async () => {
    const condition = { '>': [{ var: 'user.churn.score' }, 0.5] };
    const { ask, calls } = world({}, { bodies: [ranking({ condition })] });
    expect((await ask('ada')).arms).toEqual([]);
    expect(calls).toEqual(['models']);
    const without = world({ switches: { abTesting: true, ml: false } }, { bodies: [ranking({ condition })] });
    await without.ask('ada');
    expect(without.calls).toEqual([]);
  });
});
