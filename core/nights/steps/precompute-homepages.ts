import type { Domain } from '../../domains/types.ts';
import { EVERYBODY, toKept } from '../../homepage/kept-page.ts';
import { askedBy, isKnown, makePage, makeSharedPage } from '../../homepage/make-page.ts';
import type { HomepageStore, KeptPage } from '../../homepage/types.ts';
import type { ItemNeighbours } from '../../learn/types.ts';
import type { LoadedUser } from '../../profile/ports.ts';
import type { SharedData } from '../../recommend/shared-data.ts';
import type { UserSignals } from '../../recommend/types.ts';
import { SEGMENT_NAMES } from '../../segments/segment-thresholds.ts';

/** A product whose homepages the night makes; products without `homepage.json` have theirs made when they are asked for. */
export type NightHomepages = { readonly domain: Domain; readonly pages: HomepageStore };

type From = Pick<KeptPage, 'profileVersion' | 'behaviourSeq'>;

const keptAs = (domain: Domain, shared: SharedData, now: number, from: From) => ({
  domain: domain.name,
  modelVersion: shared.model?.version ?? 0,
  catalogueAt: shared.catalogue.changedAt,
  computedAt: now,
  precomputed: true,
  ...from,
});

/** The pages for everybody and for each segment. */
export const precomputeSharedPages = async (
  { domain, pages }: NightHomepages,
  shared: SharedData,
  now: number,
): Promise<number> => {
  const from = keptAs(domain, shared, now, { profileVersion: 0, behaviourSeq: 0 });
  const made = new Map([[EVERYBODY, toKept(makeSharedPage(domain, shared, now), from)]]);
  for (const segment of SEGMENT_NAMES) {
    made.set(segment, toKept(makeSharedPage(domain, shared, now, segment), from));
  }
  await pages.putShared(domain.name, made);
  return made.size;
};

export type KnownForPage = {
  readonly loaded: LoadedUser;
  readonly user: UserSignals;
  readonly neighbours: ReadonlyMap<string, ItemNeighbours>;
};

/** The page of one user as the night keeps it; undefined where it would be that of the segment. */
export const precomputedPage = (
  domain: Domain,
  shared: SharedData,
  { loaded, user, neighbours }: KnownForPage,
  now: number,
): KeptPage | undefined => {
  const asked = askedBy(loaded, user, domain, now);
  if (!user.personalised || !isKnown(user, asked)) return undefined;
  const page = makePage(loaded, { domain, shared, user, asked, neighbours, now });
  const from = { profileVersion: loaded.profile?.version ?? 0, behaviourSeq: loaded.journal.seq };
  return toKept(page, keptAs(domain, shared, now, from));
};
