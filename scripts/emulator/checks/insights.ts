import assert from 'node:assert/strict';
import type { Deployment, Reporter } from '../deploy.ts';
import { DOMAIN } from '../domain.ts';
import { noDeadLetters, untilDrained } from '../queues.ts';
import { type Person, signIn } from '../sign-in.ts';
import { type TextsClient, textsClient } from '../texts-client.ts';
import { checkModelBehaviours } from './model-behaviours.ts';

type Parties = { readonly deployment: Deployment; readonly user: Person };

const USER = 'learner-0';

/** Rules answer at once; behind them a model writes, once, and the next answer has its text. */
const writesBehindTheAnswer = async ({ deployment }: Parties, texts: TextsClient): Promise<void> => {
  deployment.bedrock.reset();
  const { body: first } = await texts.dashboard(USER);
  assert.deepEqual([first.source, first.writtenBy, first.textGeneratedAt], ['fallback', 'rules', null]);
  for (const asked of ['once more', 'and again']) {
    const { body } = await texts.insights(USER);
    assert.ok(['fallback', 'cache'].includes(body.source), asked);
  }
  await untilDrained(deployment, 'Insights');
  assert.equal(deployment.bedrock.calls(), 1, 'three answers, one call of the model');
  const { body: second } = await texts.dashboard(USER);
  assert.deepEqual([second.source, second.writtenBy], ['cache', 'model'], second.reason);
  assert.ok(second.textGeneratedAt !== null);
  for (const { title, reason } of [...second.priorityActions, ...second.marketInsights])
    assert.ok(title.length > 0 && reason.length > 0, title);
  assert.ok(
    second.priorityActions.some(({ facts }) => facts.length > 0),
    'texts that rest on facts of this user',
  );
};

const hasEveryPart = async (texts: TextsClient): Promise<void> => {
  const { body } = await texts.dashboard(USER);
  for (const part of ['priorityActions', 'suggestedContent', 'marketInsights', 'nextBestActions'] as const)
    assert.ok(body[part].length > 0 || body.reasons[part], `${part} or a reason`);
  assert.ok(body.nextBestActions.length > 0, body.reasons.nextBestActions);
  const again = await texts.dashboard(USER);
  assert.equal(again.body.decisionId, body.decisionId, 'an unchanged answer keeps its decision');
  assert.deepEqual(again.body.nextBestActions, body.nextBestActions, 'a reload offers the same');
};

const tellsInsights = async (texts: TextsClient): Promise<void> => {
  const { body } = await texts.insights(USER);
  assert.deepEqual([body.source, body.writtenBy], ['cache', 'model'], body.reason);
  assert.ok(body.facts.length > 0 && body.behaviour.length > 0);
  assert.ok(body.predictions.some(({ name }) => name === 'churn'));
};

const tellsUpdates = async ({ deployment }: Parties, texts: TextsClient): Promise<void> => {
  const { body, headers } = await texts.updates(USER);
  assert.ok(body.insights, 'the text that was written is an update');
  assert.ok(headers.get('etag'), 'an ETag');
  const later = await texts.updates(USER, body.until);
  assert.deepEqual([later.body.updates, later.body.insights], [[], false], 'nothing since');
  await noDeadLetters(deployment, 'Insights');
};

const takesDomains = async ({ deployment, user }: Parties, texts: TextsClient): Promise<void> => {
  const [{ body: usual }, { body: other }] = [
    await texts.dashboard(USER),
    await texts.dashboard(USER, 'learning'),
  ];
  assert.deepEqual([usual.domain, other.domain], [DOMAIN, 'learning']);
  const known = new Set(usual.nextBestActions.map(({ action }) => action));
  assert.ok(
    other.nextBestActions.some(({ action }) => !known.has(action)),
    'actions of the other product',
  );
  const own = textsClient(deployment.apiUrl, user.token);
  await own.refused(403, user.sub, 'learning');
  const { body } = await texts.refused(400, USER, 'gardening');
  assert.match(JSON.stringify(body), /"domain".*real-estate/, 'the field, and the names that are known');
};

/** Dashboard, insights, suggestions, updates, and a model that does whatever models do. */
export const checkInsights = async (parties: Parties, check: Reporter): Promise<void> => {
  const { deployment } = parties;
  const { ministack, outputs, apiUrl } = deployment;
  const backend = await check('sign in a backend for texts at Cognito', () =>
    signIn(ministack.url, outputs, { name: 'texts', group: 'service' }),
  );
  const texts = textsClient(apiUrl, backend.token);
  await check('rules answer the dashboard, a model writes behind it, once', () =>
    writesBehindTheAnswer(parties, texts),
  );
  await check('the dashboard has every part, or says why not', () => hasEveryPart(texts));
  await check("insights: the model's words, the engine's values, the facts", () => tellsInsights(texts));
  await check('realtime updates tell of the new texts, once', () => tellsUpdates(parties, texts));
  await check('a service names another product, a user may not, unknown ones are refused', () =>
    takesDomains(parties, texts),
  );
  await checkModelBehaviours(deployment, texts, check);
};
