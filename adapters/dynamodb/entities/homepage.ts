import { PAGE_TTL_MS } from '../../../core/homepage/kept-page.ts';
import type { KeptPage } from '../../../core/homepage/types.ts';
import { type Item, key, ttlSeconds, userPartition } from '../keys.ts';
import { packJson, unpackJson } from '../packed-json.ts';

/** Not among what is read with every user: only the homepage asks for it. */
export const homepageKey = (userId: string) => key(userPartition(userId), 'HOMEPAGE');

export const homepagesPartition = (domain: string): string => `HOMEPAGE#${domain}`;

const PAGE = 'PAGE#';

const bodyOf = (page: KeptPage): Item => ({
  v: 1,
  computedAt: page.computedAt,
  ttl: ttlSeconds(page.computedAt + PAGE_TTL_MS),
  body: packJson(page),
});

export const homepageToItem = (userId: string, page: KeptPage): Item => ({
  ...homepageKey(userId),
  EntityType: 'Homepage',
  ...bodyOf(page),
});

export const sharedHomepageToItem = (domain: string, name: string, page: KeptPage): Item => ({
  ...key(homepagesPartition(domain), `${PAGE}${name}`),
  EntityType: 'SharedHomepage',
  ...bodyOf(page),
});

export const homepageFromItem = (item: Item): KeptPage => unpackJson<KeptPage>(item.body);

/** The name of a page for many users. */
export const sharedNameOf = (item: Item): string => String(item.SK).slice(PAGE.length);
