import { describe, expect, it } from '@jest/globals';
import type { UserRow } from '../../../core/learn/users/types.ts';
import { keys } from '../../../core/nights/keys.ts';
import { preferenceExamples } from '../../../core/nights/training/preference-examples.ts';
import { BEHAVIOUR_FEATURES } from '../../../core/profile/view/behaviour-vector.ts';
import type { ModelInService } from '../../../core/recommend/ports.ts';
import { DAY } from '../../support/clock.ts';
import { NIGHT, nightWorld } from '../../support/night-world.ts';

const v = BEHAVIOUR_FEATURES.map(() => 0);
const rowOf = (item: string, at: number): UserRow => ({
  v,
  choice: { item, at, mobile: 0, v, history: [{ itemId: 'a', weight: 1, at: at - DAY }], affinity: {} },
});

const MODEL: ModelInService = {
  version: 4,
  slot: 1,
  weights: {
    collaborative: 1,
    sequential: 1,
    content: 1,
    popular: 0,
    interests: 0,
    positionDecay: 0.8,
    halfScore: 1,
  },
  trainedAt: NIGHT - DAY,
  counts: { users: 1, items: 1, interactions: 1 },
  notes: { runId: 'before' },
};

const worldWith = async (model: ModelInService | undefined, version = MODEL.version) => {
  const world = nightWorld();
  if (model) world.inService.model = model;
  const list = [{ itemId: 'b', score: 0.5 }];
  await world.ports.objects.putJson(keys.model('before'), {
    trained: { model: { ...MODEL, version }, rankings: { popular: [{ itemId: 'c', score: 1 }] } },
  });
  await world.ports.objects.putGzipJsonLines(
    keys.neighbours('before', 0),
    ['a', 'b', 'c', 'd'].map((itemId) => ({
      itemId,
      neighbours: { collaborative: list, sequential: [], content: [] },
    })),
  );
  return world.ports;
};

const rows = [rowOf('b', NIGHT - 2 * DAY), rowOf('d', NIGHT - 1), { v }];

describe('examples for the preference network', () => {
  it('are the choices since the model in service was trained, beside what was not chosen', async () => {
    const given = await preferenceExamples(await worldWith(MODEL), rows);
    const examples = [...given!.examples];
    expect(examples.filter(({ y }) => y === 1)).toHaveLength(1);
    expect(examples.length).toBeGreaterThan(1);
    for (const { x } of examples) expect(x).toHaveLength(given!.features.length);
  });

  it('are none before there is a model, or where its objects are those of another', async () => {
    expect(await preferenceExamples(await worldWith(undefined), rows)).toBeUndefined();
    expect(await preferenceExamples(await worldWith(MODEL, 3), rows)).toBeUndefined();
    const gone = await worldWith({ ...MODEL, notes: { runId: 'gone' } });
    expect(await preferenceExamples(gone, rows)).toBeUndefined();
  });
});
