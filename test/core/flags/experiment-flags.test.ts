import { describe, expect, it } from '@jest/globals';
import type { Experiment, ExperimentBody } from '../../../core/experiments/types.ts';
import { experimentFlag, experimentFlags } from '../../../core/flags/experiment-flags.ts';

const experiment = (body: Partial<ExperimentBody> & { key: string }): { experiment: Experiment } => ({
  experiment: {
    setVersion: 1,
    id: `id-${body.key}`,
    version: 1,
    action: 'created',
    createdAt: 0,
    changedAt: 0,
    changedBy: 'root',
    earlier: [],
    body: {
      name: body.key,
      kind: 'ab',
      variants: [
        { key: 'control', weight: 0.5 },
        { key: 'treatment', weight: 0.5, payload: { value: { color: 'red' }, config: { theme: 'dark' } } },
      ],
      coverage: 1,
      metrics: [],
      status: 'running',
      ...body,
    },
  },
});

const set = {
  experiments: [
    experiment({ key: 'banner' }),
    experiment({
      key: 'plain',
      variants: [
        { key: 'control', weight: 0.5 },
        { key: 'quiet', weight: 0.5, payload: { config: { theme: 'dark' }, value: null } },
      ],
    }),
    experiment({
      key: 'sizes',
      variants: [
        { key: 's', weight: 0.5 },
        { key: 'l', weight: 0.5, payload: { value: 12 } },
      ],
    }),
    experiment({ key: 'theme' }),
    experiment({ key: 'planned', status: 'draft' }),
    experiment({ key: 'halted', status: 'paused' }),
    experiment({ key: 'testers', forced: { ada: 'treatment' } }),
  ] as never,
};
const arm = (key: string, variant: string, inExperiment = true) => ({
  key,
  variant,
  inExperiment,
  reason: inExperiment ? 'Drawn' : 'The condition is not met',
});
const decided = {
  userId: 'ada',
  decisionId: 'd-1',
  abTesting: true,
  arms: [
    arm('banner', 'treatment'),
    arm('plain', 'control'),
    arm('sizes', 's', false),
    arm('theme', 'control'),
    arm('testers', 'treatment'),
  ],
};
const flag = (key: string, change: Partial<typeof decided> = {}) =>
  experimentFlag(set, { ...decided, ...change }, key);

describe('flags of experiments', () => {
  it("hold the arm's payload value where it has one, else the arm's key", () => {
    expect(flag('banner')).toEqual({
      key: 'banner',
      value: { color: 'red' },
      reason: 'SPLIT',
      variant: 'treatment',
      metadata: { decisionId: 'd-1', from: 'experiment', experimentKey: 'banner', reason: 'Drawn' },
    });
    expect(flag('plain')).toMatchObject({ value: 'control', variant: 'control', reason: 'SPLIT' });
    expect(flag('experiments.banner')).toMatchObject({ key: 'experiments.banner', variant: 'treatment' });
  });

  it("leave the value to the application's default where only other arms have one, whatever its type", () => {
    expect(flag('sizes')).toMatchObject({ variant: 's', reason: 'DEFAULT' });
    expect(flag('sizes')).not.toHaveProperty('value');
    expect(flag('sizes', { arms: [arm('sizes', 'l')] })).toMatchObject({ value: 12, reason: 'SPLIT' });
  });

  it('leave the name to the config where both would bear it', () => {
    expect(flag('theme')).toBeUndefined();
    expect(flag('experiments.theme')).toMatchObject({ variant: 'control', reason: 'SPLIT' });
  });

  it('tell testers, experiments that do not run, and experiments that are switched off apart', () => {
    expect(flag('testers')).toMatchObject({ reason: 'TARGETING_MATCH', variant: 'treatment' });
    expect(flag('halted')).toMatchObject({ reason: 'DISABLED', variant: 'control' });
    expect(flag('planned')).toMatchObject({ reason: 'DISABLED' });
    expect(flag('banner', { abTesting: false, arms: [] })).toMatchObject({
      reason: 'DISABLED',
      variant: 'control',
    });
    expect(flag('banner', { arms: [] })).toMatchObject({ reason: 'DEFAULT', variant: 'control' });
    expect(flag('nothing')).toBeUndefined();
  });

  it('are listed without drafts', () => {
    expect(experimentFlags(set, decided).map(({ key }) => key)).toEqual([
      'banner',
      'plain',
      'sizes',
      'experiments.theme',
      'halted',
      'testers',
    ]);
  });
});
