import { describe, expect, it } from '@jest/globals';
import { type WritingPorts, writeText } from '../../../../core/insights/generate/write-text.ts';
import type { Budgets } from '../../../../core/insights/ports.ts';
import type { Writing } from '../../../../core/insights/types.ts';
import { aDomain, aFact, anAction, aSheet } from '../../../support/insights.ts';
import { NOON } from '../../../support/interactions.ts';

const domain = aDomain({ actions: [anAction({ id: 'create-listing' })] });
const sheet = aSheet([
  aFact('goal1', 'goal', { title: 'Publish five listings', current: 3, target: 5 }, '3 of 5 published'),
]);
const limits: Budgets = { userTokens: 10_000, stackTokens: 100_000 };
const tokens = { input: 900, output: 100 };

const suggestion = (description: string, facts = ['goal1']) => ({
  title: 'Go on',
  description,
  action: 'create-listing',
  priority: 'high' as const,
  facts,
});
const written = (description: string, facts?: string[]): Writing<'suggestions'> => ({
  outcome: 'written',
  answer: { suggestions: [suggestion(description, facts)] },
  tokens,
  model: 'm',
});

/** A writer that answers so, after so long; what was asked of the budgets and counted is told. */
const world = (answer: Writing<'suggestions'>, more: Partial<WritingPorts> = {}) => {
  const told: { reserved: number[]; settled: number[]; outcomes: string[]; within: number[] } = {
    reserved: [],
    settled: [],
    outcomes: [],
    within: [],
  };
  const ports: WritingPorts = {
    writer: {
      write: async (_purpose, _prompt, { withinMs }) => {
        told.within.push(withinMs);
        return answer as Writing<never>;
      },
    },
    budgets: {
      reserve: async (_user, _day, amount) => {
        told.reserved.push(amount);
        return 'granted';
      },
      settle: async (_user, _day, difference) => {
        told.settled.push(difference);
      },
    },
    limits,
    ttlMs: 1_000,
    clock: () => NOON,
    events: {
      generated: (_purpose, outcome) => told.outcomes.push(outcome),
      served: () => undefined,
      lost: () => told.outcomes.push('lost'),
    },
    ...more,
  };
  const write = (deadline = NOON + 1_600) =>
    writeText(ports, { purpose: 'suggestions', userId: 'ada', domain, sheet, hash: 'h', deadline });
  return { told, write };
};

describe('writing a text', () => {
  it('keeps what the facts say, until it expires, and gives back what was not spent', async () => {
    const { told, write } = world(written('You published 3 of 5 listings so far.'));
    const result = await write();
    expect(result).toMatchObject({
      outcome: 'written',
      text: {
        hash: 'h',
        says: { goal1: '3 of 5 published' },
        writtenAt: NOON,
        expiresAt: NOON + 1_000,
        model: 'm',
      },
    });
    const [reserved = 0] = told.reserved;
    expect(reserved).toBeGreaterThan(1_000);
    expect(told).toMatchObject({ settled: [1_000 - reserved], outcomes: ['written'], within: [1_600] });
  });

  it.each([
    ['a number that no fact has', written('You published 4 of 5 listings so far.')],
    ['a fact that is not there', written('You published 3 of 5 listings so far.', ['goal2'])],
  ])('throws away %s, and what it cost is spent', async (_, answer) => {
    const { told, write } = world(answer);
    expect(await write()).toEqual({ outcome: 'failed', why: 'failed the check' });
    expect(told.settled).toEqual([1_000 - told.reserved[0]!]);
    expect(told.outcomes).toEqual(['failed the check']);
  });

  it('asks nobody where the budget is used up', async () => {
    const budgets = { reserve: async () => 'budget of the stack' as const, settle: async () => undefined };
    const { told, write } = world(written('unused'), { budgets });
    expect(await write()).toEqual({ outcome: 'failed', why: 'budget of the stack' });
    expect([told.within, told.outcomes]).toEqual([[], ['budget of the stack']]);
  });

  it('asks nobody where the time is over, and takes nothing of the budget', async () => {
    const { told, write } = world(written('unused'));
    expect(await write(NOON + 100)).toEqual({ outcome: 'failed', why: 'timed out' });
    expect(told.within).toEqual([]);
    expect(told.settled).toEqual([-told.reserved[0]!]);
  });

  it('counts an answer that came too late as charged in full, a refused one as free', async () => {
    const none = { input: 0, output: 0 };
    const late = world({ outcome: 'failed', why: 'timed out', tokens: none });
    await late.write();
    expect(late.told.settled).toEqual([]);
    const refused = world({ outcome: 'failed', why: 'throttled', tokens: none });
    await refused.write();
    expect(refused.told.settled).toEqual([-refused.told.reserved[0]!]);
  });

  it('is not stopped by a budget that cannot be corrected', async () => {
    const budgets = {
      reserve: async () => 'granted' as const,
      settle: async () => {
        throw new Error('the table is away');
      },
    };
    const { told, write } = world(written('You published 3 of 5 listings so far.'), { budgets });
    expect((await write()).outcome).toBe('written');
    expect(told.outcomes).toEqual(['written', 'lost']);
  });
});
