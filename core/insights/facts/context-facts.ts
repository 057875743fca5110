import type { Domain } from '../../domains/types.ts';
import type { SuggestionContext } from '../ports.ts';
import { timeOfDay } from './day-times.ts';
import { draft, type FactDraft, numbered } from './draft.ts';
import type { Fact } from './types.ts';
import { cleaned, plural, spoken } from './words.ts';

/** Of the last actions so many are looked at, and so many told. */
const LOOKED_AT = 20;
const TOLD = 5;

const pageFacts = ({ currentPage }: SuggestionContext, { pages }: Domain): FactDraft[] => {
  const page = cleaned(currentPage);
  if (page === '') return [];
  const title = pages.find((known) => known.page === page)?.title ?? page;
  return [
    draft('page', `On the page "${title}"${title === page ? '' : ` (${page})`}`, { names: { page, title } }),
  ];
};

const timeFacts = ({ timeOfDay: said }: SuggestionContext): FactDraft[] => {
  const time = said === undefined ? undefined : timeOfDay(said);
  return time === undefined ? [] : [draft('time', `It is ${time} for the user`, { words: { time } })];
};

/** Below 1 it is a share, from 1 on a percentage. */
const completionFacts = ({ profileCompletion: said }: SuggestionContext): FactDraft[] => {
  if (said === undefined || !(said >= 0)) return [];
  const percent = Math.min(100, Math.round(said < 1 ? 100 * said : said));
  return [draft('completion', `The profile is filled in to ${percent} %`, { numbers: { percent } })];
};

/** Those that come up most, of as many those that came last. */
const actionFacts = ({ recentActions }: SuggestionContext): FactDraft[] => {
  const times = new Map<string, number>();
  for (const name of recentActions.slice(-LOOKED_AT).reverse()) {
    const action = cleaned(name);
    if (action !== '') times.set(action, (times.get(action) ?? 0) + 1);
  }
  return [...times]
    .sort(([, a], [, b]) => b - a)
    .slice(0, TOLD)
    .map(([action, count]) =>
      draft('action', `Just now: ${spoken(action)}, ${plural(count, 'time')}`, {
        names: { action },
        numbers: { times: count },
      }),
    );
};

/** What a page tells with its request. A page that the domain does not know goes by its own name; a time that nobody understands is left out. */
export const contextFacts = (context: SuggestionContext, domain: Domain): Fact[] =>
  numbered([
    ...pageFacts(context, domain),
    ...timeFacts(context),
    ...completionFacts(context),
    ...actionFacts(context),
  ]);
