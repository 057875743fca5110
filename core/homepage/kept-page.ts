import { isExpired } from '../catalog/matches-filter.ts';
import type { LoadedUser } from '../profile/ports.ts';
import type { SharedData } from '../recommend/shared-data.ts';
import type { ScoreSource, UserSignals } from '../recommend/types.ts';
import { type Element, type KeptElement, type KeptPage, type Page, SECTIONS, type Section } from './types.ts';

/** A page is served for so long after it was made: a night that fails leaves it in service until the next. */
export const PAGE_TTL_MS = 36 * 3_600_000;

/** The page of users of whom nothing is known, or may be. */
export const EVERYBODY = 'everybody';

/** As many digits as are shown: a kept page says the same as when it was made. */
const UNIT = 10_000;

const inUnits = (value: number): number => Math.round(value * UNIT);

const keptElement = ({ itemId, score, confidence, reason, scores }: Element): KeptElement => [
  itemId,
  inUnits(score),
  inUnits(confidence),
  reason,
  Object.fromEntries(Object.entries(scores).map(([source, part]) => [source, inUnits(part)])),
];

const overSections = <A, B>(
  sections: Readonly<Record<Section, A>>,
  change: (part: A) => B,
): Readonly<Record<Section, B>> =>
  Object.fromEntries(SECTIONS.map((section) => [section, change(sections[section])])) as Record<Section, B>;

/** A page as it is kept, with what it was made from. */
export const toKept = ({ hero, sections }: Page, from: Omit<KeptPage, 'hero' | 'sections'>): KeptPage => ({
  ...from,
  hero: { ...hero, confidence: inUnits(hero.confidence) / UNIT },
  sections: overSections(sections, (elements) => elements.map(keptElement)),
});

/** Undefined where an element is gone, expired or dismissed since: the page is then made anew. */
const restored = (
  { hero, sections }: KeptPage,
  shared: SharedData,
  user: UserSignals,
  now: number,
): Page | undefined => {
  let isWhole = true;
  const element = ([itemId, score, confidence, reason, parts]: KeptElement): Element[] => {
    const item = shared.catalogue.items.get(itemId);
    if (!item || isExpired(item, now) || (user.personalised && user.dismissed(itemId))) {
      isWhole = false;
      return [];
    }
    const scores = Object.fromEntries(Object.entries(parts).map(([source, part]) => [source, part / UNIT]));
    const shown: Partial<Record<ScoreSource, number>> = scores;
    return [{ itemId, item, score: score / UNIT, confidence: confidence / UNIT, reason, scores: shown }];
  };
  const page = { hero, sections: overSections(sections, (elements) => elements.flatMap(element)) };
  return isWhole ? page : undefined;
};

export type Freshness = {
  readonly domain: string;
  readonly shared: SharedData;
  readonly user: UserSignals;
  /** ms since the epoch */
  readonly now: number;
};

/** A section that nothing was found for is looked at again once the catalogue changed. */
const mayBeFilled = ({ sections, catalogueAt }: KeptPage, { shared }: Freshness): boolean =>
  SECTIONS.some((section) => sections[section].length === 0) && shared.catalogue.changedAt > catalogueAt;

const isInTime = (kept: KeptPage, fresh: Freshness): boolean =>
  kept.domain === fresh.domain && kept.computedAt + PAGE_TTL_MS > fresh.now && !mayBeFilled(kept, fresh);

/**
 * The user's own kept page; undefined where it is too old, of another product or model, or the user has changed the profile (a new
 * answer does) since or, with `realtime`, done anything.
 */
export const freshPage = (
  kept: KeptPage | undefined,
  { profile, journal }: Pick<LoadedUser, 'profile' | 'journal'>,
  fresh: Freshness & { readonly realtime: boolean },
): Page | undefined => {
  if (!kept || !fresh.user.personalised || !isInTime(kept, fresh)) return undefined;
  if (kept.modelVersion !== (fresh.shared.model?.version ?? 0)) return undefined;
  if (kept.profileVersion !== (profile?.version ?? 0)) return undefined;
  if (fresh.realtime && kept.behaviourSeq !== journal.seq) return undefined;
  return restored(kept, fresh.shared, fresh.user, fresh.now);
};

/** A page for many users; undefined where it is too old or something of it is gone. */
export const freshSharedPage = (kept: KeptPage | undefined, fresh: Freshness): Page | undefined =>
  kept && isInTime(kept, fresh) ? restored(kept, fresh.shared, fresh.user, fresh.now) : undefined;
