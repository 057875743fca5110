import { basename } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { TEXT_SECTIONS } from '../../core/domains/types.ts';
import { domainFolders, readDomain, readDomains } from '../../scripts/domains/read-domain.ts';

/** Every folder below `domains/`: a new domain is a folder and nothing else, and is checked here as it stands. */
const folders = domainFolders().map((folder) => [basename(folder), folder] as const);

it('no item stands in two catalogues, and nothing else is wrong across domains', () => {
  expect(readDomains().faults).toEqual([]);
});

describe.each(folders)('%s', (_name, folder) => {
  const { domain, faults, catalog } = readDomain(folder);

  it('has no faults', () => {
    expect(faults).toEqual([]);
    expect(domain).toBeDefined();
  });

  it('has texts about facts in every section, and an action for newcomers', () => {
    const about = (section: string) =>
      domain?.texts.filter((text) => text.section === section && Object.keys(text.facts).length > 0) ?? [];
    for (const section of TEXT_SECTIONS)
      expect([section, about(section).length > 0]).toEqual([section, true]);
    const open = domain?.actions.filter(({ when = [] }) => when.length === 0) ?? [];
    expect(open.length).toBeGreaterThanOrEqual(3);
  });

  it('says no text twice', () => {
    const said = (domain?.texts ?? []).map(({ section, title, body }) => `${section} ${title} ${body}`);
    expect(new Set(said).size).toBe(said.length);
  });

  it('has a catalogue that can be recommended from', () => {
    const now = Date.parse('2026-11-21T12:00:00Z');
    expect(
      catalog.filter(({ expiresAt }) => !expiresAt || Date.parse(expiresAt) > now).length,
    ).toBeGreaterThan(0);
  });
});
