import type { Domain } from '../../../core/domains/types.ts';
import { Invalid } from '../../../core/errors.ts';
import { readDomainNamed, readNames } from './domain-folders.ts';

let names: readonly string[] | undefined;
const kept = new Map<string, Domain>();

/** Names of the products that are known here, sorted. */
export const domainNames = (): readonly string[] => {
  names ??= readNames();
  return names;
};

/**
 * A product's data, read at its first use and kept in the process.
 * @throws Invalid naming the field `domain` and the known ones.
 */
export const loadDomain = (name: string): Domain => {
  const before = kept.get(name);
  if (before) return before;
  if (!domainNames().includes(name)) {
    throw new Invalid([{ path: 'domain', message: `must be one of ${domainNames().join(', ')}` }]);
  }
  const domain = readDomainNamed(name);
  kept.set(name, domain);
  return domain;
};
