import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { domainFolders, readDomain } from '../../scripts/domains/read-domain.ts';

const folder = mkdtempSync(join(tmpdir(), 'attune-domain-bundle-'));
const node = (script: string, ...args: string[]): string =>
  execFileSync(process.execPath, [script, ...args], {
    env: { PATH: process.env.PATH },
    stdio: 'pipe',
  }).toString();
const ask = (name: string) => JSON.parse(node(join(folder, 'reader', 'index.mjs'), name));

beforeAll(() => {
  node(join(import.meta.dirname, 'support', 'bundle-domain-reader.ts'), folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const domains = domainFolders().map(readDomain);

it('a function that reads domains has one document of each beside its code, and no other function has', () => {
  expect(readdirSync(join(folder, 'reader', 'domains')).sort()).toEqual(
    domains.map(({ name }) => `${name}.json`),
  );
  expect(readdirSync(join(folder, 'other'))).not.toContain('domains');
});

it.each(domains.map(({ name, domain }) => [name, domain] as const))(
  'the bundle knows %s as the checked folder has it, and reads it once',
  (name, domain) => {
    expect(ask(name)).toEqual({ names: domains.map((one) => one.name), again: true, domain });
  },
);

it('only the document that is asked for is read', () => {
  const broken = join(folder, 'reader', 'domains', 'film.json');
  const before = readFileSync(broken);
  writeFileSync(broken, 'no JSON');
  try {
    expect(ask('saas').domain.name).toBe('saas');
    expect(() => ask('film')).toThrow(/JSON/);
  } finally {
    writeFileSync(broken, before);
  }
});

it('no schema library comes with it', () => {
  expect(readFileSync(join(folder, 'reader', 'index.mjs')).length).toBeLessThan(5_000);
});
