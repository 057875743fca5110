import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getHomepage } from '../../../contracts/homepage/endpoints.ts';
import { SECTIONS } from '../../../core/homepage/types.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { asAdmin, asUser } from '../../support/http-event.ts';
import { withoutIds } from '../../support/without-ids.ts';

const readJson = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine({ ATTUNE_DOMAIN: 'film' });
  const items = readJson('../../../domains/film/catalog.json');
  await engine.good('putCatalogItems', { body: { items }, claims: asAdmin() });
});
afterAll(() => engine.close());

describe('the example answer of the homepage', () => {
  it('is what the engine gives for the answers of the contract, the first of each section', async () => {
    const rows: { line: string; body: object }[] = readJson('../../../events/literal-bodies.json');
    const { body } = rows.find(({ line }) => line === 'POST /profile, questionnaire shape')!;
    const claims = asUser('ada');
    await engine.good('upsertProfile', { body, claims });
    const page = await engine.good('getHomepage', { query: { userId: 'ada' }, claims });
    const firsts = Object.fromEntries(SECTIONS.map((section) => [section, page[section].slice(0, 1)]));
    expect(withoutIds({ ...page, ...firsts })).toEqual(withoutIds(getHomepage.example.response));
    const ids = SECTIONS.map((section) => page[section][0].recommendationId.split('.').at(-1));
    expect(ids).toEqual(['0', '6', '9']);
  });
});
