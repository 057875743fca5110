import type { Catalogue } from '../catalog/catalogue.ts';
import type { CatalogItem } from '../catalog/types.ts';
import { plainRequest } from '../recommend/ask.ts';
import { type MatchedAsk, ownList, rankMatched } from '../recommend/match/rank-matched.ts';
import type { Recommendation, UserSignals } from '../recommend/types.ts';
import { type Element, type HomepageDefinition, SECTIONS, type Section } from './types.ts';

/** Elements of each section. */
const LIMITS: Readonly<Record<Section, number>> = { featuredProjects: 6, testimonials: 3, services: 4 };
const DIVERSITY = 0.2;
/** The engine's own list for all sections together. */
const RANKED_FOR_PAGE = 180;
/** What a user has finished already steps back. */
const COMPLETED_SHARE = 0.5;

export type SectionsAsk = Omit<MatchedAsk, 'request'> & {
  readonly definition: HomepageDefinition;
  /** ms since the epoch */
  readonly now: number;
};

const byType = new WeakMap<Catalogue, ReadonlyMap<string, readonly CatalogItem[]>>();

/** Items of a catalogue by type; grouped once for each state of the catalogue. */
const itemsByType = (catalogue: Catalogue): ReadonlyMap<string, readonly CatalogItem[]> => {
  const known = byType.get(catalogue);
  if (known) return known;
  const groups = Map.groupBy(catalogue.items.values(), ({ type }) => type);
  byType.set(catalogue, groups);
  return groups;
};

const steppedBack = (element: Element, user: UserSignals): Element => {
  if (!user.personalised || !user.completed(element.itemId)) return element;
  const scores = Object.entries(element.scores).map(([source, part]) => [source, COMPLETED_SHARE * part]);
  return { ...element, score: COMPLETED_SHARE * element.score, scores: Object.fromEntries(scores) };
};

type SectionAsk = {
  readonly types: readonly string[];
  readonly exclude: readonly string[];
  readonly limit: number;
};

const requestOf = ({ types, exclude, limit }: SectionAsk, now: number) =>
  plainRequest({ types, exclude, limit, includeSeen: true, diversity: DIVERSITY, now });

/** The engine's own ranking of a section: its part of the list for the whole page or, where that is too short, a list for itself. */
const ownRanking = (ask: SectionsAsk, section: SectionAsk, ofPage: readonly Recommendation[]) => {
  const types = new Set(section.types);
  const part = ofPage.filter(({ item }) => types.has(item.type));
  const own =
    part.length >= section.limit ? part : ownList({ ...ask, request: requestOf(section, ask.now) }).items;
  return new Map(own.map((one) => [one.itemId, one]));
};

/** One section: every eligible content of its types, by the answers and by the engine's own ranking. */
const rankSection = (ask: SectionsAsk, section: SectionAsk, ofPage: readonly Recommendation[]): Element[] => {
  if (section.types.length === 0) return [];
  const groups = itemsByType(ask.shared.catalogue);
  const all = [...new Set(section.types)].flatMap((type) => groups.get(type) ?? []);
  const request = requestOf(section, ask.now);
  const ranked = rankMatched({ ...ask, request }, ownRanking(ask, section, ofPage), all);
  return ranked.map((element) => steppedBack(element, ask.user)).sort((a, b) => b.score - a.score);
};

/** The engine's own list over the contents of all sections: the user's words and last contents are looked up once. */
const listOfPage = (ask: SectionsAsk): Recommendation[] => {
  const types = SECTIONS.flatMap((section) => ask.definition.sections[section]);
  if (types.length === 0) return [];
  return ownList({ ...ask, request: requestOf({ types, exclude: [], limit: RANKED_FOR_PAGE }, ask.now) })
    .items;
};

/** The sections of a page; no element is in two. */
export const rankSections = (ask: SectionsAsk): Readonly<Record<Section, readonly Element[]>> => {
  const exclude: string[] = [];
  const sections: Partial<Record<Section, readonly Element[]>> = {};
  const ofPage = listOfPage(ask);
  for (const section of SECTIONS) {
    const types = ask.definition.sections[section];
    const elements = rankSection(ask, { types, exclude, limit: LIMITS[section] }, ofPage);
    exclude.push(...elements.map(({ itemId }) => itemId));
    sections[section] = elements;
  }
  return sections as Readonly<Record<Section, readonly Element[]>>;
};
