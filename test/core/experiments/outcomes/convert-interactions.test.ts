import { describe, expect, it } from '@jest/globals';
import { Conflict } from '../../../../core/errors.ts';
import {
  convertInteractions,
  type InteractionConversionPorts,
} from '../../../../core/experiments/outcomes/convert-interactions.ts';
import { countedExperiments } from '../../../../core/experiments/outcomes/counted-experiments.ts';
import type { ExperimentBody } from '../../../../core/experiments/types.ts';
import { emptyState } from '../../../../core/journal/empty-state.ts';
import type { JournalState } from '../../../../core/journal/ports.ts';
import { trackLoaded } from '../../../../core/tracking/track-interactions.ts';
import { defined } from '../../../support/definitions.ts';
import { experimentBody, experimentsOf } from '../../../support/experiments.ts';
import { interaction, NOON } from '../../../support/interactions.ts';
import { memoryOutcomes, outcomeRow } from '../../../support/outcomes.ts';

const HOUR = 3_600_000;

/** One user who saw the arms of these experiments an hour ago, and what is asked of the stores. */
const world = async (given: Partial<InteractionConversionPorts>, ...bodies: Partial<ExperimentBody>[]) => {
  const whole = bodies.map((body, at) => experimentBody({ key: `key-${at}`, ...body }));
  const lines = experimentsOf(...whole).experiments.map(({ line }) => line);
  const asked: string[] = [];
  const outcomes = memoryOutcomes();
  for (const line of lines) await outcomes.expose(outcomeRow({ line, exposedAt: NOON - HOUR }));
  const set = {
    version: whole.length,
    defined: whole.map((body, at) => defined(`experiment-${at + 1}`, body)),
  };
  const ports: InteractionConversionPorts = {
    countedExperiments: async () => {
      asked.push('experiments');
      return countedExperiments(set, NOON);
    },
    outcomes: {
      get: async (line, userId) => {
        asked.push('read');
        return outcomes.get(line, userId);
      },
      convert: async (row, rev) => {
        asked.push('write');
        return outcomes.convert(row, rev);
      },
    },
    ...given,
  };
  const sticky = Object.fromEntries(lines.map((line) => [line, ['quiet', NOON - HOUR, 0.5] as const]));
  const convert = (
    interactions: Parameters<typeof interaction>[0][],
    journal: JournalState = emptyState,
    seen = sticky,
  ) =>
    convertInteractions(ports, {
      userId: 'ada',
      interactions: interactions.map(interaction),
      sticky: seen,
      journal,
    });
  const metrics = async () =>
    Promise.all(lines.map(async (line) => (await outcomes.get(line, 'ada'))?.metrics));
  return { ports, asked, convert, metrics, sticky, lines, set };
};

describe('interactions as conversions', () => {
  it('cost nothing of users who saw no arm, and no row where nothing counts', async () => {
    const { asked, convert } = await world({}, {});
    await convert([{ interactionId: '1', type: 'signup' }], emptyState, {});
    expect(asked).toEqual([]);
    await convert([
      { interactionId: '1', type: 'view' },
      { interactionId: '2', type: 'signup', occurredAt: NOON - 2 * HOUR },
    ]);
    expect(asked).toEqual(['experiments']);
  });

  it('cost one read and one write for each experiment that they count for', async () => {
    const { asked, convert, metrics } = await world(
      {},
      {},
      { metrics: [] },
      { metrics: [{ name: 'all', type: 'count', goal: 'increase', event: 'Sign Up' }] },
    );
    await convert([
      { interactionId: '1', type: 'signup' },
      { interactionId: '2', type: 'sign_up' },
      { interactionId: '3', type: 'sign_up' },
    ]);
    expect([...asked].sort()).toEqual(['experiments', 'read', 'read', 'write', 'write']);
    expect(await metrics()).toEqual([{ signup: [1, 1] }, {}, { all: [2, 2] }]);
  });

  it('are left out where the journal has counted them, however long ago', async () => {
    const all = { name: 'all', type: 'count', goal: 'increase', event: 'view' } as const;
    const it = await world({}, { metrics: [all] });
    let journal = emptyState;
    const store = {
      putPage: async () => true,
      putRun: async () => undefined,
      markActive: async () => undefined,
      commit: async (_: string, next: JournalState) => {
        journal = next;
        return true;
      },
    };
    const track = (ids: readonly number[]) =>
      trackLoaded(
        { journal: store as never, pause: async () => undefined, conversions: it.ports },
        {
          userId: 'ada',
          interactions: ids.map((n) => interaction({ interactionId: `i${n}` })),
          now: NOON,
          retentionMs: 400 * 24 * HOUR,
          marked: true,
        },
        { profile: undefined, journal, sticky: it.sticky },
      );
    const old = Array.from({ length: 70 }, (_, n) => n);
    await track(old);
    for (let n = 100; n < 170; n += 10) await track(Array.from({ length: 10 }, (_, i) => n + i));
    expect(await it.metrics()).toEqual([{ all: [140, 140] }]);
    await track(old);
    expect(await it.metrics()).toEqual([{ all: [140, 140] }]);
  });

  it('count for no tester, no experiment that does not run, and none that is over', async () => {
    const { asked, convert, metrics } = await world(
      {},
      { forced: { ada: 'quiet' } },
      { status: 'paused' },
      { status: 'completed' },
      { endDate: new Date(NOON).toISOString() },
    );
    await convert([{ interactionId: '1', type: 'signup' }]);
    expect(asked).not.toContain('read');
    await convert([{ interactionId: '2', type: 'signup', occurredAt: NOON - 1 }]);
    expect(await metrics()).toEqual([{}, {}, {}, { signup: [1, 1] }]);
  });

  it('know an experiment that began a moment ago', async () => {
    const it = await world({}, {});
    const since: unknown[] = [];
    const old = countedExperiments({ version: 0, defined: [] }, NOON - 5_000);
    const ports: InteractionConversionPorts = {
      ...it.ports,
      countedExperiments: async (at) => {
        since.push(at);
        return at === undefined ? old : countedExperiments(it.set, NOON);
      },
    };
    const ask = (seenAt: number) =>
      convertInteractions(ports, {
        userId: 'ada',
        interactions: [interaction({ interactionId: '1', type: 'signup' })],
        sticky: { [it.lines[0] ?? '']: ['quiet', seenAt, 0.5] },
        journal: emptyState,
      });
    await ask(NOON - HOUR);
    expect([since, await it.metrics()]).toEqual([[undefined], [{}]]);
    await ask(NOON - 1_000);
    expect([since.slice(1), await it.metrics()]).toEqual([[undefined, NOON], [{ signup: [1, 1] }]]);
  });

  it('of recommendations count where one was made under the arm that was seen', async () => {
    const metrics = [
      { name: 'click', type: 'count', goal: 'increase', attribution: 'recommendation' } as const,
    ];
    const clicks = [
      { interactionId: '1', type: 'click', recommendationId: 'of-quiet' },
      { interactionId: '2', type: 'click', recommendationId: 'of-control' },
      { interactionId: '3', type: 'click', recommendationId: 'unknown' },
      { interactionId: '4', type: 'click' },
    ];
    const unknowing = await world({}, { metrics });
    await unknowing.convert(clicks);
    expect(await unknowing.metrics()).toEqual([{}]);
    const arms = new Map([
      ['of-quiet', 'quiet'],
      ['of-control', 'control'],
    ]);
    const knowing = await world(
      { madeUnder: async ({ recommendationId }) => arms.get(recommendationId) },
      { metrics },
    );
    await knowing.convert(clicks);
    expect(await knowing.metrics()).toEqual([{ click: [1, 1] }]);
  });

  it('are tried again where another conversion was first, a dozen times', async () => {
    const waits: number[] = [];
    const pause = async (attempt: number) => void waits.push(attempt);
    const it = await world({ pause }, {});
    let refused = 3;
    const ports = {
      ...it.ports,
      outcomes: {
        ...it.ports.outcomes,
        convert: async (...args: Parameters<typeof it.ports.outcomes.convert>) => {
          refused -= 1;
          return refused < 0 && it.ports.outcomes.convert(...args);
        },
      },
    };
    const request = {
      userId: 'ada',
      interactions: [interaction({ interactionId: '1', type: 'signup' })],
      sticky: it.sticky,
      journal: emptyState,
    };
    await convertInteractions(ports, request);
    expect([waits, await it.metrics()]).toEqual([[1, 2, 3], [{ signup: [1, 1] }]]);
    const never = { ...it.ports, outcomes: { ...it.ports.outcomes, convert: async () => false } };
    const other = {
      ...request,
      interactions: [interaction({ interactionId: '2', type: 'signup' })],
      sticky: it.sticky,
    };
    await expect(convertInteractions(never, other)).resolves.toBeUndefined();
    const fresh = await world({}, {});
    const busy = { ...fresh.ports, outcomes: { ...fresh.ports.outcomes, convert: async () => false } };
    await expect(convertInteractions(busy, { ...other, sticky: fresh.sticky })).rejects.toThrow(Conflict);
  });
});
