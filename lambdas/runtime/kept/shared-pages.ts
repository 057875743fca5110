import type { KeptPage } from '../../../core/homepage/types.ts';
import { revalidated } from '../lazily.ts';
import { homepageStoreOfTable } from '../ports/table-ports.ts';

/** Pages for many users change with the nights. */
const TTL_MS = 60_000;

type Pages = ReadonlyMap<string, KeptPage>;

const byDomain = new Map<string, (now: number) => Promise<Pages>>();

/** Homepages for everybody and for each segment of a product, kept in the process. */
export const sharedPages = (domain: string): Promise<Pages> => {
  const known =
    byDomain.get(domain) ??
    revalidated<Pages>(
      () => homepageStoreOfTable().shared(domain),
      () => TTL_MS,
    );
  byDomain.set(domain, known);
  return known(Date.now());
};
