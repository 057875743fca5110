import { textHash } from '../numbers/text-hash.ts';
import { type DecisionTrace, shorterTrace, type TraceArm } from '../recommend/serve/decision-trace.ts';
import type { Segment } from '../segments/segments-of.ts';
import { type Page, SECTIONS } from './types.ts';

/** What is kept of a homepage: that of a list over all sections, and the hero. */
export type HomepageTrace = DecisionTrace & {
  readonly kind: 'homepage';
  readonly domain: string;
  /** Confidence in percent. */
  readonly hero: readonly [id: string, reason: string, confidence: number];
  /** How many of the elements stand in each section, in the order of `items`. */
  readonly sections: readonly (readonly [section: string, elements: number])[];
  /** Of what was shown: a page that shows the same is the same decision. */
  readonly digest: number;
};

export const isHomepageTrace = (body: unknown): body is HomepageTrace =>
  (body as Partial<HomepageTrace> | null)?.kind === 'homepage';

/** Six hex digits for the homepage of a product: ids of its decisions begin with them. */
export const homepagePlace = (domain: string): string =>
  textHash(`homepage ${domain}`).toString(16).padStart(8, '0').slice(0, 6);

const thousandths = (value: number): number => Math.round(value * 1000);

export type TracedPage = {
  readonly page: Page;
  readonly domain: string;
  readonly source: string;
  readonly model: number;
  readonly segments: readonly Segment[];
  readonly arms: readonly TraceArm[];
};

const LONGEST_REASON = 120;

export const homepageTraceOf = ({
  page,
  domain,
  source,
  model,
  segments,
  arms,
}: TracedPage): HomepageTrace => {
  const { hero } = page;
  const elements = SECTIONS.flatMap((section) => page.sections[section]);
  const ids = elements.map(({ itemId }) => itemId);
  return {
    kind: 'homepage',
    context: 'homepage',
    domain,
    rung: elements.some(({ scores }) => scores.matching !== undefined) ? 'matched with answers' : 'homepage',
    source,
    model,
    hero: [
      hero.id,
      [...hero.matchReason].slice(0, LONGEST_REASON).join(''),
      Math.round(hero.confidence * 100),
    ],
    sections: SECTIONS.map((section) => [section, page.sections[section].length]),
    segments: segments.map(({ name, confidence }) => [name, Math.round(confidence * 100)]),
    shown: [ids.length, textHash(ids.join())],
    ...(arms.length > 0 && { arms }),
    items: elements.map(({ itemId, score, scores }) => [
      itemId,
      thousandths(score),
      Object.fromEntries(Object.entries(scores).map(([name, part]) => [name, thousandths(part)])),
    ]),
    digest: textHash(JSON.stringify([domain, model, hero.id, hero.title, ids, arms])),
  };
};

/** The trace with a little less in it; undefined where nothing more can be left out. */
export const shorterHomepageTrace = (trace: HomepageTrace): HomepageTrace | undefined => {
  const shorter = shorterTrace(trace);
  return shorter && { ...trace, ...shorter };
};
