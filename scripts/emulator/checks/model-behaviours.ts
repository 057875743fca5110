import assert from 'node:assert/strict';
import type { Behaviour, FakeRequest } from '../../../local/bedrock/fake-bedrock.ts';
import type { Deployment, Reporter } from '../deploy.ts';
import { noDeadLetters, untilDrained } from '../queues.ts';
import type { TextAnswer, TextsClient } from '../texts-client.ts';

/** What must be seen of a model that behaves so: who writes the texts in the end, and what the reason says where rules do. */
type Expected = {
  readonly behaviour: Behaviour;
  /** Of the dashboard, once the worker is done: it waits 25 s for a model. */
  readonly later: 'model' | RegExp;
  /** Of suggestions, which wait for 2 s. */
  readonly atOnce: 'model' | RegExp;
};

const CHECKED = /did not agree with the facts/;

const expected: readonly Expected[] = [
  { behaviour: 'well', later: 'model', atOnce: 'model' },
  { behaviour: 'slow', later: 'model', atOnce: /not answer in time/ },
  { behaviour: 'hanging', later: /not answer in time/, atOnce: /not answer in time/ },
  { behaviour: 'throttled', later: /too busy/, atOnce: /too busy|not answer in time/ },
  { behaviour: 'failing', later: /does not answer now/, atOnce: /does not answer now|not answer in time/ },
  { behaviour: 'malformed', later: /could not be read/, atOnce: /could not be read/ },
  { behaviour: 'invented-numbers', later: CHECKED, atOnce: CHECKED },
  { behaviour: 'foreign-facts', later: CHECKED, atOnce: CHECKED },
  { behaviour: 'obeys-injection', later: CHECKED, atOnce: CHECKED },
  { behaviour: 'denied', later: /may not be used/, atOnce: /may not be used/ },
  { behaviour: 'unknown-model', later: /does not exist/, atOnce: /does not exist/ },
];

/** What a page waits for a model. */
const BUDGET_MS = 2_000;
/** Of a machine with other work, beside what the emulator takes for every request. */
const MARGIN_MS = 500;
/** The worker gives a model 25 s; a queue of the emulator is looked at every second. */
const DRAINED_MS = 60_000;
const WARM_UP = 5;

/**
 * How long a request through the emulator takes where no model is waited for: gateway, the call of the function, the table. The
 * slowest of some warm dashboards, which read more than suggestions do.
 */
const overhead = async (texts: TextsClient): Promise<number> => {
  const times: number[] = [];
  await texts.suggestions('learner-1', 'warm-up');
  for (let n = 0; n < WARM_UP; n += 1) times.push((await texts.dashboard('learner-1')).ms);
  return Math.max(...times);
};

const holds = ({ source, writtenBy, reason }: TextAnswer, wanted: 'model' | RegExp, from: string): void => {
  if (wanted === 'model') assert.deepEqual([source, writtenBy], [from, 'model'], reason);
  else {
    assert.deepEqual([source, writtenBy], ['fallback', 'rules'], reason);
    assert.match(reason, wanted);
  }
};

type Setting = {
  readonly deployment: Deployment;
  readonly texts: TextsClient;
  readonly overheadMs: number;
};

/** Suggestions wait for the model within their budget; the dashboard does not wait, and shows what the worker made of it. */
const behaves = async (
  { deployment, texts, overheadMs }: Setting,
  { behaviour, later, atOnce }: Expected,
  userId: string,
): Promise<void> => {
  deployment.bedrock.behave(behaviour);
  const suggestions = await texts.suggestions(userId, `page-${behaviour}`);
  const allowed = BUDGET_MS + overheadMs + MARGIN_MS;
  assert.ok(suggestions.ms <= allowed, `suggestions took ${Math.round(suggestions.ms)} of ${allowed} ms`);
  holds(suggestions.body, atOnce, 'computed');
  assert.ok(suggestions.body.suggestions.length > 0, 'suggestions in any case');
  const first = await texts.dashboard(userId);
  assert.ok(first.ms <= overheadMs + MARGIN_MS, `the dashboard took ${Math.round(first.ms)} ms`);
  assert.equal(first.body.source, 'fallback');
  await untilDrained(deployment, 'Insights', DRAINED_MS);
  await noDeadLetters(deployment, 'Insights');
  holds((await texts.dashboard(userId)).body, later, 'cache');
};

/** A good answer ends the failures in a row, of which five open the circuit. */
const recovers = async ({ deployment, texts }: Setting, userId: string, after: Behaviour): Promise<void> => {
  deployment.bedrock.behave('well');
  await texts.suggestions(userId, `recovered-${after}`);
  await texts.dashboard(userId);
  await untilDrained(deployment, 'Insights', DRAINED_MS);
};

/** Of which function a request is: each has the keys of its own role. */
const signerOf = ({ headers }: FakeRequest): string =>
  /Credential=([^/]+)/.exec(String(headers.authorization))?.[1] ?? '';

const FAILURES = 5;

/**
 * After failures in a row the function leaves the model alone: answers come at once, and it calls no more. What was asked for in the
 * background, the worker may try meanwhile: it has a circuit of its own.
 */
const opensTheCircuit = async ({ deployment, texts, overheadMs }: Setting): Promise<void> => {
  const { bedrock } = deployment;
  bedrock.behave('denied');
  bedrock.reset();
  await texts.suggestions('learner-22', 'circuit');
  const [first] = bedrock.requests();
  assert.ok(first, 'the first one is asked for');
  for (let n = 1; n < FAILURES; n += 1) await texts.suggestions(`learner-${22 + n}`, 'circuit');
  for (const userId of ['learner-28', 'learner-29']) {
    const { body, ms } = await texts.suggestions(userId, 'circuit');
    holds(body, /left alone for a moment/, 'computed');
    assert.ok(ms <= overheadMs + MARGIN_MS, `${Math.round(ms)} ms`);
  }
  const own = bedrock.requests().filter((request) => signerOf(request) === signerOf(first));
  assert.equal(own.length, FAILURES, 'calls of the model');
  await untilDrained(deployment, 'Insights', DRAINED_MS);
  await noDeadLetters(deployment, 'Insights');
};

/** Everything that a model may do to the deployed functions: the answer in time, from the right source, and a queue that drains. */
export const checkModelBehaviours = async (
  deployment: Deployment,
  texts: TextsClient,
  check: Reporter,
): Promise<void> => {
  const overheadMs = await overhead(texts);
  const setting = { deployment, texts, overheadMs };
  for (const [index, one] of expected.entries()) {
    await check(`a model that is ${one.behaviour}: in time, right source, the queue drains`, () =>
      behaves(setting, one, `learner-${2 + index}`),
    );
    await recovers(setting, `learner-${13 + (index % 8)}`, one.behaviour);
  }
  await check('a model that keeps failing is not called any more', () => opensTheCircuit(setting));
  deployment.bedrock.behave('well');
};
