import type { Recommendation } from '../recommend/types.ts';

/** Sections of a homepage, in the order shown: an element is in the first that it fits. */
export const SECTIONS = ['featuredProjects', 'testimonials', 'services'] as const;
export type Section = (typeof SECTIONS)[number];

/** What a product's homepage is made of (`domains/<name>/homepage.json`). */
export type HomepageDefinition = {
  readonly heroes: readonly HeroDefinition[];
  /** Content types of the sections. */
  readonly sections: Readonly<Record<Section, readonly string[]>>;
};

/**
 * A hero. `when`: answers of the questionnaire or segments that speak for it, each with a weight; the hero with the greatest sum is
 * shown, and the first without `when` where none speaks for any. `{answer}` in the texts is replaced by the user's own answer.
 */
export type HeroDefinition = {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly ctaText: string;
  readonly ctaTarget: string;
  readonly backgroundVideo?: string | undefined;
  readonly when?: readonly HeroSignal[] | undefined;
};

export type HeroSignal = {
  /** A question of the questionnaire, `segment`, or `interest`: words of the user and of the contents that they chose lately. */
  readonly about: string;
  readonly is: readonly string[];
  readonly weight: number;
};

/** A hero as it is shown. */
export type ShownHero = Omit<HeroDefinition, 'when'> & {
  readonly matchReason: string;
  /** 0-1; 0 for what everybody sees. */
  readonly confidence: number;
};

/** An element of a section. */
export type Element = Omit<Recommendation, 'rung'>;

export type Page = {
  readonly hero: ShownHero;
  readonly sections: Readonly<Record<Section, readonly Element[]>>;
};

/** A page as it is kept. */
export type KeptPage = {
  readonly domain: string;
  readonly modelVersion: number;
  /** The profile and the behaviour that it was made from; both 0 where it is one for many users. */
  readonly profileVersion: number;
  readonly behaviourSeq: number;
  /** ISO time of the newest change of the catalogue that it was made from; empty where there was none. */
  readonly catalogueAt: string;
  /** ms since the epoch */
  readonly computedAt: number;
  /** True where a night made it. */
  readonly precomputed: boolean;
  readonly hero: ShownHero;
  readonly sections: Readonly<Record<Section, readonly KeptElement[]>>;
};

/** Scores in ten-thousandths. */
export type KeptElement = readonly [
  itemId: string,
  score: number,
  confidence: number,
  reason: string,
  parts: Readonly<Record<string, number>>,
];

/** Pages of users, and those for everybody and for each segment. */
export type HomepageStore = {
  get(userId: string): Promise<KeptPage | undefined>;
  put(userId: string, page: KeptPage): Promise<void>;
  putMany(rows: Iterable<{ userId: string; page: KeptPage }>): Promise<number>;
  /** Pages for many users of a domain, by name: `everybody`, or a segment's. */
  shared(domain: string): Promise<ReadonlyMap<string, KeptPage>>;
  putShared(domain: string, pages: ReadonlyMap<string, KeptPage>): Promise<void>;
};
