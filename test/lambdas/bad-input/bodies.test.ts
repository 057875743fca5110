import { describe, expect, it } from '@jest/globals';
import { endpoints } from '../../../contracts/registry.ts';
import { expectProblem, expectRefused } from '../../support/expect-problem.ts';
import { all, refusingEngine, table, valid, withBody } from '../../support/refusing-engine.ts';
import { ABSENT, schemaFaults, spoiled } from '../../support/schema-faults.ts';

const { call } = refusingEngine();

const NOT_JSON = ['{', '{"a":}', 'hello', '{"a":1}}', "{'a':1}", '\u0000', '[1,', '{"a":\u0001}', 'NaN'];

describe('a body that is no JSON', () => {
  it.each(table(withBody))('%s', async (_, endpoint) => {
    const cases = NOT_JSON.map((rawBody) => ({ name: rawBody, rawBody }));
    await all(cases, async ({ rawBody }) => expectRefused(await call(endpoint, { rawBody }), 'body'));
  });
});

describe('every field that is missing, of another type, out of range or over-long', () => {
  it.each(table(withBody))('%s', async (_, endpoint) => {
    const schema = endpoint.request.body!;
    const { body } = valid(endpoint);
    expect(schema.safeParse(body).success).toBe(true);
    const faults = schemaFaults(schema, body);
    // What a choice of alternatives takes in after all is no fault.
    const real = faults.filter((fault) => !schema.safeParse(spoiled(body, fault)).success);
    const missing = faults.filter(({ value }) => value === ABSENT);
    expect(missing.filter((fault) => !real.includes(fault))).toEqual([]);
    expect(real.length).toBeGreaterThan(faults.length * 0.8);
    await all(real, async (fault) =>
      expectRefused(await call(endpoint, { body: spoiled(body, fault) }), fault.path.join('.') || undefined),
    );
  });
});

const TRACKING = new Set([
  'trackInteraction',
  'trackInteractions',
  'recordFeatureUsage',
  'recordContentPreference',
  'recordFeedback',
]);

describe('an unknown field', () => {
  const strict = withBody.filter(({ operationId }) => !TRACKING.has(operationId));
  it.each(table(strict))('of the body is refused: %s', async (_, endpoint) => {
    const body = { ...(valid(endpoint).body as object), noSuchField: 1 };
    expectRefused(await call(endpoint, { body }), 'noSuchField');
  });

  it.each(table(endpoints.filter(({ request }) => request.query)))(
    'of the query is refused: %s',
    async (_, endpoint) => {
      expectRefused(await call(endpoint, { query: { noSuchField: '1' } }), 'noSuchField');
    },
  );
});

describe('a huge body', () => {
  it.each(table(withBody))('is answered 413: %s', async (_, endpoint) => {
    const most = endpoint.maxBodyBytes ?? 256 * 1024;
    const rawBody = JSON.stringify({ userId: 'ada', padding: 'ě'.repeat(most / 2) });
    expectProblem(await call(endpoint, { rawBody }), 'payload-too-large');
  });
});
