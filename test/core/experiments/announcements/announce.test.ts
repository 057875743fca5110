import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeOf } from '../../../../core/definitions/change-of.ts';
import type { Change } from '../../../../core/definitions/types.ts';
import type { ExperimentEvent } from '../../../../core/events/ports.ts';
import {
  announceStatus,
  announceVerdict,
  announcing,
} from '../../../../core/experiments/announcements/announce.ts';
import type { AnnouncePorts } from '../../../../core/experiments/announcements/ports.ts';
import { nothingAnnounced } from '../../../../core/experiments/announcements/types.ts';
import type { Verdict } from '../../../../core/experiments/results/types.ts';
import type { Experiment, ExperimentBody, ExperimentStatus } from '../../../../core/experiments/types.ts';
import { memoryAnnouncements } from '../../../support/announcements.ts';
import { memoryDefinitions } from '../../../support/definitions.ts';
import { experimentBody } from '../../../support/experiments.ts';

const ID = 'experiment-1';

/** What an announcer does before it dies: nothing of the step, or all of it without hearing of it. */
type Crash = 'before publish' | 'after publish' | 'before note' | 'after note' | undefined;

class Died extends Error {}

const world = () => {
  const log: Change<ExperimentBody>[] = [];
  const told: ExperimentEvent[] = [];
  const store = memoryAnnouncements();
  let notes = 0;
  const ports = (crash?: Crash): AnnouncePorts => ({
    experiments: memoryDefinitions(log),
    events: {
      publish: async (events) => {
        if (crash === 'before publish') throw new Died();
        told.push(...events);
        if (crash === 'after publish') throw new Died();
      },
    },
    announcements: {
      ...store,
      put: async (...note) => {
        if (crash === 'before note') throw new Died();
        const noted = await store.put(...note);
        notes += 1;
        if (crash === 'after note') throw new Died();
        return noted;
      },
    },
  });
  const change = (status: ExperimentStatus | 'deleted', reason?: string): Change<ExperimentBody> => {
    const before = log.at(-1);
    const body = status === 'deleted' ? null : experimentBody({ status });
    const action = body === null ? 'deleted' : before ? 'updated' : 'created';
    const by = { sub: 'root', now: log.length + 1, ...(reason === undefined ? {} : { reason }) };
    const made = changeOf({ action, body }, { id: ID, setVersion: log.length + 1, before, by });
    log.push(made);
    return made;
  };
  return { ports, change, told, log, notes: () => notes };
};

const steps = (told: readonly ExperimentEvent[]) => told.map(({ from, to }) => [from, to]);

describe('telling of statuses', () => {
  it('tells each change of the status with its reason, and no other change', async () => {
    const { ports, change, told } = world();
    await announceStatus(ports(), change('draft'));
    await announceStatus(ports(), change('running', 'We are ready'));
    await announceStatus(ports(), change('running'));
    await announceStatus(ports(), change('deleted'));
    expect(told).toMatchObject([
      { id: `${ID}@1`, from: null, to: 'draft', reason: 'The experiment was made by root' },
      { id: `${ID}@2`, from: 'draft', to: 'running', reason: 'We are ready', by: 'root', at: 2 },
      { id: `${ID}@4`, from: 'running', to: 'deleted', key: 'quiet-dashboard' },
    ]);
  });

  it('tells and notes nothing again, and nothing of a change that is older than what was told', async () => {
    const { ports, change, told, notes } = world();
    const first = change('draft');
    const second = change('running');
    await announceStatus(ports(), second);
    await announceStatus(ports(), second);
    await announceStatus(ports(), first);
    expect(steps(told)).toEqual([
      [null, 'draft'],
      ['draft', 'running'],
    ]);
    expect(notes()).toBe(1);
  });

  it('does not undo a change that cannot be told; the next one tells both', async () => {
    const { ports, change, told } = world();
    const lost: unknown[] = [];
    const first = change('draft');
    const failing = { ...ports('before publish'), lost: (error: unknown) => lost.push(error) };
    expect(await announcing(failing, Promise.resolve(first))).toBe(first);
    expect([lost.length, told.length]).toEqual([1, 0]);
    await announceStatus(ports(), change('running'));
    expect(steps(told)).toEqual([
      [null, 'draft'],
      ['draft', 'running'],
    ]);
  });

  it('tells all and nothing but what happened, in its order, whatever dies in between; twice only under the same id', async () => {
    const statuses = fc.array(fc.constantFrom<ExperimentStatus>('draft', 'running', 'paused', 'completed'), {
      minLength: 1,
      maxLength: 12,
    });
    const crashes = fc.array(
      fc.constantFrom<Crash>(undefined, 'before publish', 'after publish', 'before note', 'after note'),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(statuses, crashes, async (list, deaths) => {
        const { ports, change, told, log } = world();
        for (const [at, status] of list.entries())
          await announceStatus(ports(deaths[at]), change(status)).catch((error) => {
            expect(error).toBeInstanceOf(Died);
          });
        await announceStatus(ports(), log.at(-1) as Change<ExperimentBody>);
        const once = [...new Map(told.map((event) => [event.id, event])).values()];
        const expected = list
          .map((status, at) => [list[at - 1] ?? null, status])
          .filter(([from, to]) => from !== to);
        expect(steps(once)).toEqual(expected);
        const died = deaths.slice(0, list.length).filter(Boolean).length;
        if (died === 0) expect(told).toHaveLength(once.length);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('catches up with more changes than it reads at once from the newest part', async () => {
    const { ports, change, told, log } = world();
    for (let n = 0; n < 150; n += 1) change(n % 2 === 0 ? 'running' : 'paused');
    const announced = await announceStatus(ports(), log.at(-1) as Change<ExperimentBody>);
    expect(announced).toMatchObject({ version: 150, status: 'paused' });
    expect(told.at(-1)).toMatchObject({ from: 'running', to: 'paused' });
    expect(told).toHaveLength(100);
  });
});

describe('telling of verdicts', () => {
  const judged = (verdict: Verdict, at = 1, line = 'line-1') => ({
    line,
    verdict,
    at,
    reason: 'Because',
    by: 'job',
  });

  const tell = async (list: readonly ReturnType<typeof judged>[], deaths: readonly Crash[] = []) => {
    const { ports, change, told } = world();
    const experiment = change('running') as Experiment;
    for (const [at, one] of list.entries()) {
      const mine = ports(deaths[at]);
      const known = (await mine.announcements.get(ID)) ?? nothingAnnounced;
      await announceVerdict(mine, experiment, one, known).catch(() => undefined);
    }
    return told;
  };

  it('tells one that is another than before; the first `keep running` of a round is no news', async () => {
    const told = await tell([
      judged('keep running'),
      judged('winner', 2),
      judged('winner', 3),
      judged('keep running', 4),
      judged('winner', 5, 'line-2'),
      judged('keep running', 6, 'line-3'),
    ]);
    expect(told.map(({ type, from, to, at }) => [type, from, to, at])).toEqual([
      ['ExperimentVerdict', 'keep running', 'winner', 2],
      ['ExperimentVerdict', 'winner', 'keep running', 4],
      ['ExperimentVerdict', 'keep running', 'winner', 5],
    ]);
    expect(new Set(told.map(({ id }) => id)).size).toBe(3);
  });

  it('tells again under the same id what it died over', async () => {
    const told = await tell([judged('winner', 2), judged('winner', 3)], ['before note']);
    expect(told).toHaveLength(2);
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
  });
});
