import { itemsOf } from '../../bench/insights/catalogues.ts';
import { DOMAINS, type Person, people } from '../../bench/insights/people.ts';
import { sessionsBefore } from '../../bench/insights/sessions.ts';
import { introduce, trackSession } from '../../bench/insights/world.ts';
import { ids } from '../../bench/tracking/visits.ts';
import { insightsSlot, suggestionsSlot } from '../../core/insights/generate/text-slots.ts';
import type { TextSlot } from '../../core/insights/ports.ts';
import type { Tokens } from '../../core/insights/types.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';
import { freshSharedData } from '../../lambdas/runtime/kept/shared-data.ts';
import { catalog, texts } from '../../lambdas/runtime/ports/table-ports.ts';
import { type CallUse, invoke, measureCalls } from './handlers.ts';

const SEED = 20_261_122;
const PEOPLE = 40;
const PAGE = 'home';
const HOUR_MS = 3_600_000;

/** What answers with texts take, through the real handlers, and the tokens of what the fake of Bedrock wrote. */
export type TextsMeasured = {
  /** A dashboard that writes its trace and its offers and asks for a text. */
  readonly dashboardNew: CallUse;
  /** The first one with the model's text, and one that repeats it. */
  readonly dashboardText: CallUse;
  readonly dashboardAgain: CallUse;
  readonly insights: CallUse;
  /** Suggestions that a model writes while the page waits, and those that were kept. */
  readonly suggestWritten: CallUse;
  readonly suggestKept: CallUse;
  /** Nothing is new. */
  readonly updates: CallUse;
  /** The worker, per text. */
  readonly worker: CallUse;
  /** By the tokens of o200k_base, in means. */
  readonly tokens: { readonly insights: Tokens; readonly suggestions: Tokens };
};

/** An endpoint's event as the gateway makes it, of a backend that asks for its users. */
const event = (
  method: 'GET' | 'POST',
  path: string,
  parts: { userId: string; query?: string; body?: object },
) => ({
  version: '2.0',
  rawPath: path,
  rawQueryString: parts.query ?? '',
  headers: { 'content-type': 'application/json' },
  pathParameters: { userId: parts.userId },
  queryStringParameters: Object.fromEntries(new URLSearchParams(parts.query ?? '')),
  requestContext: {
    requestId: 'cost',
    http: { method, path },
    authorizer: { jwt: { claims: { sub: 'backend', 'cognito:groups': '[service]' } } },
  },
  isBase64Encoded: false,
  body: parts.body === undefined ? undefined : JSON.stringify(parts.body),
});

const asking = async (everybody: readonly Person[]) => {
  const [{ handler: dashboard }, { handler: insights }, { handler: suggest }, { handler: updates }] =
    await Promise.all([
      import('../../lambdas/api/get-dashboard.ts'),
      import('../../lambdas/api/get-insights.ts'),
      import('../../lambdas/api/suggest.ts'),
      import('../../lambdas/api/get-realtime-updates.ts'),
    ]);
  const get = (handler: unknown, name: string) => (index: number) => {
    const { userId, domain } = everybody[index] as Person;
    const query = name === 'realtime-updates' ? `since=${new Date().toISOString()}` : `domain=${domain.name}`;
    return invoke(handler, event('GET', `/personalization/${name}/${userId}`, { userId, query }));
  };
  const measure = (work: (index: number) => Promise<unknown>) => measureCalls(everybody.length, work);
  return {
    dashboard: () => measure(get(dashboard, 'dashboard')),
    insights: () => measure(get(insights, 'insights')),
    updates: () => measure(get(updates, 'realtime-updates')),
    suggest: () =>
      measure((index) => {
        const { userId, domain } = everybody[index] as Person;
        const body = { userId, domain: domain.name, context: { currentPage: PAGE } };
        return invoke(suggest, event('POST', '/personalization/suggestions', { userId, body }));
      }),
  };
};

/** The worker as its queue calls it, a message at a time. What dashboards asked for lies in the queue, too, and stays there. */
const work = async (everybody: readonly Person[]): Promise<CallUse> => {
  const { handler } = await import('../../lambdas/workers/insights.ts');
  return measureCalls(everybody.length, async (index) => {
    const { userId, domain } = everybody[index] as Person;
    const body = JSON.stringify({ version: 1, userId, slot: insightsSlot(domain), hash: 'asked' });
    const answer = await invoke(handler, {
      Records: [{ messageId: `text-${index}`, eventSource: 'aws:sqs', body }],
    });
    const { batchItemFailures } = answer as { batchItemFailures: unknown[] };
    if (batchItemFailures.length > 0) throw new Error(`the worker failed for ${userId}`);
  });
};

/** Mean tokens of the texts that lie in a slot; throws where the check or the model left somebody without one. */
const tokensIn = async (
  everybody: readonly Person[],
  slotOf: (person: Person) => TextSlot,
): Promise<Tokens> => {
  const sum = { input: 0, output: 0 };
  for (const person of everybody) {
    const found = await texts().get(person.userId, slotOf(person), Date.now());
    if (found?.state !== 'written') throw new Error(`no text of ${person.userId}: ${found?.state}`);
    sum.input += found.tokens.input;
    sum.output += found.tokens.output;
  }
  return { input: sum.input / everybody.length, output: sum.output / everybody.length };
};

/** People with goals and some weeks behind them, in the five products. */
const settle = async (now: number): Promise<Person[]> => {
  await catalog().bulkPut(DOMAINS.flatMap((name) => itemsOf(name)));
  await catalog().bump([...new Set(DOMAINS.flatMap((name) => itemsOf(name)).map(({ type }) => type))]);
  const random = seededRandom(SEED);
  const newId = ids(SEED);
  const everybody = people(PEOPLE, now, SEED).filter(({ sessionsBefore: some }) => some > 0);
  for (const session of sessionsBefore(everybody, now, random, newId)) await trackSession(session);
  for (const person of everybody) await introduce(person, now);
  await freshSharedData();
  return everybody;
};

/** Asks for everything in the order in which a day does. */
export const measureTexts = async (): Promise<TextsMeasured> => {
  const everybody = await settle(Date.now() - HOUR_MS);
  const ask = await asking(everybody);
  const dashboardNew = await ask.dashboard();
  const worker = await work(everybody);
  const dashboardText = await ask.dashboard();
  const dashboardAgain = await ask.dashboard();
  await ask.insights();
  const insights = await ask.insights();
  const suggestWritten = await ask.suggest();
  const suggestKept = await ask.suggest();
  const updates = await ask.updates();
  const context = { currentPage: PAGE, recentActions: [] };
  return {
    dashboardNew,
    dashboardText,
    dashboardAgain,
    insights,
    suggestWritten,
    suggestKept,
    updates,
    worker,
    tokens: {
      insights: await tokensIn(everybody, ({ domain }) => insightsSlot(domain)),
      suggestions: await tokensIn(everybody, ({ domain }) => suggestionsSlot(domain, context)),
    },
  };
};
