import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Engine, startEngine } from '../support/engine.ts';
import { expectProblem, expectRefused } from '../support/expect-problem.ts';
import { asAdmin, asUser } from '../support/http-event.ts';

/** Three bytes in UTF-8, one unit of a JavaScript string: what limits in characters let through thrice. */
const wide = (length: number) => 'あ'.repeat(length);
const words = (count: number) => Array.from({ length: count }, (_, at) => `${at}${wide(97)}`);

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

describe('everything at its largest', () => {
  it('fits the table or is refused: a profile', async () => {
    const claims = asUser('ada');
    const put = (operationId: string, body: object) =>
      engine.call(operationId, { body, params: { userId: 'ada' }, claims });
    const questionnaireData = {
      personal_meaning: words(50),
      materials: words(50),
      excited_parts: words(50),
      logline: wide(5_000),
      description: wide(5_000),
    };
    const learner = { interests: words(50), careerGoals: words(50), learningObjectives: words(50) };
    const goal = (at: number) => ({ title: `${at}${wide(490)}`, metric: wide(99), target: 1 });
    const goals = Array.from({ length: 20 }, (_, at) => goal(at));
    const chunk = (at: number) => Object.fromEntries([0, 1, 2].map((n) => [`k${at}-${n}`, wide(5_300)]));
    const answers = [
      await put('upsertProfile', { ...learner, questionnaireData }),
      await put('putGoals', { shortTerm: goals, longTerm: goals }),
      await put('putMarketFocus', { focus: words(50) }),
      await put('updateProfile', { attributes: chunk(0), preferences: chunk(1) }),
      await put('updateProfile', { attributes: chunk(2), preferences: chunk(3) }),
    ];
    for (const answer of answers) if (answer.status !== 200) expectProblem(answer, 'validation');
    expect((await put('getProfile', {})).status).toBe(200);
  });

  const item = (at: number, attributes: object) => ({
    ...{ itemId: `large-${at}`, type: 'large', title: wide(200), description: wide(5_000), url: wide(2_000) },
    ...{ tags: words(50), attributes },
  });

  it('is refused above 50,000 bytes: a catalogue item', async () => {
    const { itemId: _, ...body } = { ...item(0, { text: wide(2_700) }), topics: words(30) };
    const request = { params: { itemId: 'large-0' }, body, claims: asAdmin() };
    expectRefused(await engine.call('putCatalogItem', request), 'item');
    const { rejected } = await engine.good('putCatalogItems', {
      body: { items: [{ ...body, itemId: 'x' }] },
      claims: asAdmin(),
    });
    expect(rejected).toMatchObject([{ index: 0, itemId: 'x', errors: [{ path: 'item' }] }]);
  });

  it('fits the answer of a Lambda: a page of catalogue items', async () => {
    for (let at = 0; at < 100; at += 25) {
      const items = Array.from({ length: 25 }, (_, index) => item(at + index, { text: wide(2_700) }));
      const answer = await engine.good('putCatalogItems', { body: { items }, claims: asAdmin() });
      expect(answer).toEqual({ accepted: 25, rejected: [] });
    }
    const query = { type: 'large', limit: '100' };
    const { body, text } = await engine.call('listCatalogItems', { query, claims: asUser('ada') });
    expect(body.items).toHaveLength(100);
    expect(Buffer.byteLength(text)).toBeGreaterThan(4_000_000);
    expect(Buffer.byteLength(text)).toBeLessThan(6_000_000);
  });
});
