import { cpSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { domainsFolder, readDomain, readDomains } from '../../../scripts/domains/read-domain.ts';

let within = '';
const fileOf = (name: string, file: string): string => join(within, name, file);
const edit = (file: string, change: (text: string) => string, name = 'saas'): void =>
  writeFileSync(fileOf(name, file), change(readFileSync(fileOf(name, file), 'utf8')));

beforeEach(() => {
  within = mkdtempSync(join(tmpdir(), 'attune-domains-'));
  cpSync(join(domainsFolder, 'saas'), join(within, 'saas'), { recursive: true });
});
afterEach(() => rmSync(within, { recursive: true, force: true }));

const faultsOf = (name = 'saas') => readDomain(join(within, name)).faults;

it('gives the domain and its catalogue where nothing is wrong', () => {
  const { domain, catalog, faults } = readDomain(join(within, 'saas'));
  expect(faults).toEqual([]);
  expect(domain).toMatchObject({ name: 'saas', audience: 'user' });
  expect(catalog.length).toBeGreaterThan(10);
});

it('names file and path of what the schema refuses, and gives no domain', () => {
  edit('texts.json', (text) => text.replace('"section": "behaviour"', '"section": "behavior"'));
  edit('domain.json', (text) => text.replace('"audience"', '"audiences"'));
  const { domain, faults } = readDomain(join(within, 'saas'));
  expect(domain).toBeUndefined();
  expect(faults).toEqual([
    expect.stringMatching(/^domains\/saas\/domain\.json, audience: /),
    expect.stringMatching(/^domains\/saas\/domain\.json: .*audiences/),
    expect.stringMatching(/^domains\/saas\/texts\.json, \d+\.section: /),
  ]);
});

it('names what refers to nothing', () => {
  edit('texts.json', (text) => text.replace('"action": "create-report"', '"action": "make-report"'));
  expect(faultsOf()).toEqual([
    expect.stringMatching(/^domains\/saas\/texts\.json, \d+\.action: "make-report" is no action/),
  ]);
});

it('names files that are missing or no JSON', () => {
  unlinkSync(fileOf('saas', 'prompts.json'));
  edit('actions.json', (text) => text.slice(0, -3));
  expect(faultsOf()).toEqual([
    expect.stringMatching(/^domains\/saas\/actions\.json: is not JSON: /),
    'domains/saas/prompts.json: is missing',
  ]);
});

it('wants the name of the folder', () => {
  cpSync(join(within, 'saas'), join(within, 'fitness'), { recursive: true });
  expect(faultsOf('fitness')).toEqual([
    'domains/fitness/domain.json, name: must be "fitness", as the folder',
  ]);
});

it('checks items as the catalogue does, and their types', () => {
  edit('catalog.json', (text) => text.replace('"type": "feature"', '"type": "gadget"'));
  edit('catalog.json', (text) => text.replace('"title": "Saved views"', '"name": "Saved views"'));
  expect(faultsOf().map((fault) => fault.replace(/catalog\.json, \d+/, 'catalog.json, N'))).toEqual([
    expect.stringMatching(/^domains\/saas\/catalog\.json, N\.title: /),
    expect.stringMatching(/^domains\/saas\/catalog\.json, N: .*name/),
  ]);
  edit('catalog.json', (text) => text.replace('"name": "Saved views"', '"title": "Saved views"'));
  expect(faultsOf()).toEqual([
    expect.stringMatching(/catalog\.json, \d+\.type: "gadget" is no content type of this domain$/),
  ]);
});

it('finds items that two domains share', () => {
  cpSync(join(within, 'saas'), join(within, 'suite'), { recursive: true });
  edit('domain.json', (text) => text.replace('"name": "saas"', '"name": "suite"'), 'suite');
  const { domains, faults } = readDomains(within);
  expect(domains.map(({ name }) => name)).toEqual(['saas', 'suite']);
  expect(faults).toHaveLength(domains[0]?.catalog.length ?? 0);
  expect(faults[0]).toMatch(/^domains\/suite\/catalog\.json, 0\.itemId: ".*" is an item of saas already$/);
});
