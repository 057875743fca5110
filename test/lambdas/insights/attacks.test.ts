import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MINUTE } from '../../support/clock.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { asUser } from '../../support/http-event.ts';
import {
  type ScriptedAnswer,
  type ScriptedBedrock,
  scriptedBedrock,
} from '../../support/scripted-bedrock.ts';

/** What the service promises, and what a loaded machine may add to it here. */
const ANSWER_MS = 2_000 + 500;

let bedrock: ScriptedBedrock;
let engine: Engine;
beforeAll(async () => {
  bedrock = await scriptedBedrock();
  engine = await startEngine({
    ATTUNE_BEDROCK_MODEL: 'amazon.nova-micro-v1:0',
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
  });
});
afterAll(async () => {
  await engine.close();
  await bedrock.close();
});

const suggestion = (description: string, more: object = {}) => ({
  title: 'For your goal',
  description,
  action: 'create-report',
  priority: 'high',
  facts: ['goal1'],
  ...more,
});
const answerOf = (suggestions: readonly object[]): ScriptedAnswer => ({
  body: {
    output: {
      message: {
        role: 'assistant',
        content: [{ toolUse: { toolUseId: 't1', name: 'write_suggestions', input: { suggestions } } }],
      },
    },
    stopReason: 'tool_use',
    usage: { inputTokens: 812, outputTokens: 97, totalTokens: 909 },
    metrics: { latencyMs: 350 },
  },
});

let users = 0;
const somebody = async (): Promise<string> => {
  users += 1;
  const userId = `user-${users}`;
  const goal = { title: 'Publish five listings', metric: 'publish', target: 5, due: '2026-12-01' };
  await engine.good('putGoals', { body: { shortTerm: [goal] }, claims: asUser(userId) });
  return userId;
};
const ask = async (userId: string) => {
  const begin = performance.now();
  const { status, body } = await engine.call('suggest', {
    body: { context: { currentPage: 'home' } },
    claims: asUser(userId),
  });
  expect([status, performance.now() - begin < ANSWER_MS]).toEqual([200, true]);
  expect(body.suggestions.length).toBeGreaterThan(0);
  return body;
};

describe('a model that answers', () => {
  it('with what the facts hold is shown', async () => {
    bedrock.answer(answerOf([suggestion('The goal asks for 5 of them, and the date comes nearer.')]));
    expect(await ask(await somebody())).toMatchObject({ writtenBy: 'model', source: 'computed' });
  });

  it.each([
    ['numbers in digits of another script', [suggestion('The goal stands at ٧ of ٥ listings by now.')]],
    ['full-width digits', [suggestion('The goal stands at ７３ of 5 listings by now.')]],
    ['numbers as signs', [suggestion('The goal stands at ⑦ of 5 listings by now.')]],
    ['another language and a number of its own', [suggestion('Nog 7 van de 5 woningen, dan ben je er.')]],
    ['an action that is none', [suggestion('The goal asks for 5 of them.', { action: 'pay-now' })]],
    ['a fact of somebody else', [suggestion('The goal asks for 5 of them.', { facts: ['goal9'] })]],
    ['100 KB', [suggestion('The goal asks for 5 of them. '.repeat(3_500))]],
    [
      'a thousand suggestions',
      Array.from({ length: 1_000 }, () => suggestion('The goal asks for 5 of them.')),
    ],
    ['fields that nobody asked for', [suggestion('The goal asks for 5 of them.', { html: '<b>now</b>' })]],
  ])('%s is not shown', async (_, suggestions) => {
    bedrock.answer(answerOf(suggestions));
    const { writtenBy, reason } = await ask(await somebody());
    expect([writtenBy, /did not agree|could not be read/.test(reason)]).toEqual(['rules', true]);
  });

  it('never, or hangs up, leaves the answer to rules within its time, and the queue drains', async () => {
    for (const answer of ['hang up', 'never'] as const) {
      bedrock.answer(answer);
      expect(await ask(await somebody())).toMatchObject({ writtenBy: 'rules', source: 'fallback' });
    }
    bedrock.answer(answerOf([suggestion('The goal asks for 5 of them, and the date comes nearer.')]));
    expect(await engine.drainInsights()).toBe(0);
  });
});

describe('a text', () => {
  it('that expires while a new one is asked for is followed by the new one', async () => {
    const userId = await somebody();
    bedrock.answer(answerOf([suggestion('The goal asks for 5 of them, and the date comes nearer.')]));
    expect((await ask(userId)).source).toBe('computed');
    engine.clock.advance(24 * 60 * MINUTE - 1_000);
    expect(['cache', 'computed']).toContain((await ask(userId)).source);
    engine.clock.advance(2_000);
    expect((await ask(userId)).writtenBy).toBe('model');
    engine.clock.advance(-2 * 24 * 60 * MINUTE);
    expect((await ask(userId)).suggestions.length).toBeGreaterThan(0);
  });
});
