import assert from 'node:assert/strict';
import { expectStatus } from '../api-client.ts';
import { type Asked, askConfig } from '../config-client.ts';
import type { Reporter } from '../deploy.ts';

const FLAGS = '/ofrep/v1/evaluate/flags';

type Flag = { key: string; value: unknown; reason: string; metadata: Record<string, unknown> };

/** The evaluation context of who `askConfig` asks for. */
const contextOf = ({ person, plan }: Asked) => ({
  targetingKey: person.sub,
  context: 'dashboard',
  device: 'desktop',
  plan,
});

const oneFlag = async (asked: Asked): Promise<void> => {
  const { apiUrl, person } = asked;
  const request = { method: 'POST', token: person.token, body: { context: contextOf(asked) } };
  const { body: flag } = await expectStatus<Flag>(200, apiUrl, `${FLAGS}/settings.banner`, request);
  assert.deepEqual([flag.key, flag.value, flag.reason], ['settings.banner', 'deployed', 'TARGETING_MATCH']);
  const { body: config } = await askConfig(asked);
  assert.equal(flag.metadata.decisionId, config.decisionId, 'one decision, whichever function answers');
  const unknown = await expectStatus(404, apiUrl, `${FLAGS}/no-such-flag`, request);
  assert.equal(unknown.body.errorCode, 'FLAG_NOT_FOUND');
  const nobody = { ...request, body: { context: {} } };
  const missing = await expectStatus(400, apiUrl, `${FLAGS}/theme`, nobody);
  assert.equal(missing.body.errorCode, 'TARGETING_KEY_MISSING');
};

const allFlags = async (asked: Asked): Promise<void> => {
  const { apiUrl, person } = asked;
  const request = { method: 'POST', token: person.token, body: { context: contextOf(asked) } };
  const { body, headers } = await expectStatus<{ flags: Flag[] }>(200, apiUrl, FLAGS, request);
  assert.equal(body.flags.find(({ key }) => key === 'settings.banner')?.value, 'deployed');
  const tag = headers.get('etag');
  assert.ok(tag, 'an ETag');
  await expectStatus(304, apiUrl, FLAGS, { ...request, headers: { 'if-none-match': tag } });
  const ofAnother = { ...request, body: { context: { ...contextOf(asked), targetingKey: 'learner-0' } } };
  await expectStatus(403, apiUrl, FLAGS, ofAnother);
};

/** The config as OpenFeature's providers ask for it. */
export const checkFlags = async (asked: Asked, check: Reporter): Promise<void> => {
  await check('evaluate a flag by OFREP, and refuse in its words', () => oneFlag(asked));
  await check('evaluate every flag by OFREP, then 304', () => allFlags(asked));
};
