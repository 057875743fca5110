import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import * as z from 'zod';
import { wireCatalogItem } from '../../contracts/catalog/endpoints.ts';
import { domainFiles, domainHead, optionalDomainFiles } from '../../contracts/domains/domain.ts';
import { domainFaults } from '../../core/domains/domain-faults.ts';
import { type DomainFault, type DomainFile, doubled, faultsOfEach } from '../../core/domains/fault.ts';
import type { Domain } from '../../core/domains/types.ts';

export type CatalogItem = z.output<typeof wireCatalogItem>;

/** A domain's folder as it was read. `domain` is there only where nothing is wrong with it. */
export type ReadDomain = {
  /** Of the folder. */
  readonly name: string;
  readonly domain?: Domain;
  readonly catalog: readonly CatalogItem[];
  /** `domains/video/texts.json, 3.facts.goal.kind: ...` */
  readonly faults: readonly string[];
};

/** `domains/` of the source tree. */
export const domainsFolder = resolve(import.meta.dirname, '../../domains');

const schemas = {
  domain: domainHead,
  ...domainFiles,
  ...optionalDomainFiles,
  catalog: z.array(wireCatalogItem),
};

const OPTIONAL = Object.keys(optionalDomainFiles) as (keyof typeof optionalDomainFiles)[];

/** Folders of domains, sorted by name. */
export const domainFolders = (within = domainsFolder): string[] =>
  readdirSync(within, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(within, name))
    .sort();

const read = (path: string): unknown => {
  if (!existsSync(path)) throw new Error('is missing');
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`is not JSON: ${(error as Error).message}`);
  }
};

type Parsed<F extends DomainFile> = {
  readonly data?: z.output<(typeof schemas)[F]>;
  readonly faults: readonly DomainFault[];
};

/** A file's value, or what is wrong with its shape. */
const parseFile = <F extends DomainFile>(folder: string, file: F): Parsed<F> => {
  try {
    const { data, error } = schemas[file].safeParse(read(join(folder, `${file}.json`)));
    if (!error) return { data: data as z.output<(typeof schemas)[F]>, faults: [] };
    return { faults: error.issues.map(({ path, message }) => ({ file, path: path.join('.'), message })) };
  } catch (error) {
    return { faults: [{ file, path: '', message: (error as Error).message }] };
  }
};

/** The files that only some domains have, as far as they are there. */
const optionalParts = (folder: string): { parts: Partial<Domain>; faults: readonly DomainFault[] } => {
  const there = OPTIONAL.filter((file) => existsSync(join(folder, `${file}.json`)));
  const read = there.map((file) => ({ file, ...parseFile(folder, file) }));
  return {
    parts: Object.fromEntries(read.map(({ file, data }) => [file, data])) as Partial<Domain>,
    faults: read.flatMap(({ faults }) => faults),
  };
};

/** The domain of the five files; undefined, with the faults, where one has not its shape. */
const assemble = (folder: string): { domain?: Domain; faults: readonly DomainFault[] } => {
  const head = parseFile(folder, 'domain');
  const actions = parseFile(folder, 'actions');
  const texts = parseFile(folder, 'texts');
  const prompts = parseFile(folder, 'prompts');
  const achievements = parseFile(folder, 'achievements');
  const optional = optionalParts(folder);
  const faults: DomainFault[] = [head, actions, texts, prompts, achievements, optional].flatMap(
    (part) => part.faults,
  );
  if (!head.data || !actions.data || !texts.data || !prompts.data || !achievements.data) return { faults };
  const parts = { actions: actions.data, texts: texts.data, prompts: prompts.data };
  // The kinds of facts in it are words to the schema; `domainFaults` refuses those that are none.
  return {
    domain: { ...head.data, ...parts, achievements: achievements.data, ...optional.parts } as Domain,
    faults,
  };
};

const catalogFaults = (catalog: readonly CatalogItem[], { contentTypes }: Domain): DomainFault[] => {
  const types = new Set(contentTypes.map(({ type }) => type));
  return [
    ...doubled('catalog', catalog, 'itemId'),
    ...faultsOfEach('catalog', catalog, ({ type }) =>
      types.has(type) ? [] : [{ path: 'type', message: `"${type}" is no content type of this domain` }],
    ),
  ];
};

const said = (name: string, { file, path, message }: DomainFault): string =>
  `domains/${name}/${file}.json${path === '' ? '' : `, ${path}`}: ${message}`;

const nameFaults = (name: string, domain: Domain): DomainFault[] =>
  domain.name === name ? [] : [{ file: 'domain', path: 'name', message: `must be "${name}", as the folder` }];

/** Reads a domain's folder and says everything that is wrong with it: files, shapes, then what refers to nothing. */
export const readDomain = (folder: string): ReadDomain => {
  const name = basename(folder);
  const { domain, faults: shape } = assemble(folder);
  const { data: catalog = [], faults: items } = parseFile(folder, 'catalog');
  const meaning = domain
    ? [...nameFaults(name, domain), ...domainFaults(domain), ...catalogFaults(catalog, domain)]
    : [];
  const faults = [...shape, ...meaning, ...items].map((fault) => said(name, fault));
  return { name, domain: faults.length > 0 ? undefined : domain, catalog, faults };
};

/** Items that stand in two domains: the local server loads the catalogues of all into one. */
const sharedItems = (domains: readonly ReadDomain[]): string[] => {
  const owners = new Map<string, string>();
  return domains.flatMap(({ name, catalog }) =>
    catalog.flatMap(({ itemId }, index) => {
      const owner = owners.get(itemId) ?? name;
      owners.set(itemId, owner);
      const path = `${index}.itemId`;
      const message = `"${itemId}" is an item of ${owner} already`;
      return owner === name ? [] : [said(name, { file: 'catalog', path, message })];
    }),
  );
};

/** Every domain of a folder, and everything that is wrong with them. */
export const readDomains = (within = domainsFolder): { domains: ReadDomain[]; faults: string[] } => {
  const domains = domainFolders(within).map(readDomain);
  return { domains, faults: [...domains.flatMap(({ faults }) => faults), ...sharedItems(domains)] };
};
