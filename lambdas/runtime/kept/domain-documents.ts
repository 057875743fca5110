import { readdirSync, readFileSync } from 'node:fs';
import type { Domain } from '../../../core/domains/types.ts';

/**
 * Documents beside the bundle, one per domain, checked when it was made (scripts/bundle/domains.ts). A function, so that bundles that
 * read no domain can leave the module out.
 */
const folder = (): URL => new URL('./domains/', import.meta.url);
const SUFFIX = '.json';

/** Names of all domains, sorted. */
export const readNames = (): string[] =>
  readdirSync(folder())
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .sort();

export const readDomainNamed = (name: string): Domain =>
  JSON.parse(readFileSync(new URL(`${name}${SUFFIX}`, folder()), 'utf8')) as Domain;
