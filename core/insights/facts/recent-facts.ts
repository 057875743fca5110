import type { Domain } from '../../domains/types.ts';
import type { RecentEntry } from '../../profile/behaviour.ts';
import { recentEntries } from '../../profile/fold/recent.ts';
import { isCompletion, isDismissal } from '../../profile/fold/signal-table.ts';
import { isAction } from '../../workflow/actions.ts';
import { draft, type FactDraft } from './draft.ts';
import type { KnownToFacts } from './known.ts';
import type { Fact } from './types.ts';
import { ago, cleaned, contentTypeWords, daysSince, metricWords, spoken, withObject } from './words.ts';

const RECENT = 5;
const UNFINISHED = 3;
const HOUR_MS = 3_600_000;
/** Types of interactions that begin something which has an end; a look does not. */
const BEGINNING = new Set(
  'start started begin play listen watch read try edit enroll enrolled register resume continue'.split(' '),
);

const whatOf = ([, , type, , contentType]: RecentEntry, domain: Domain): string => {
  const words = metricWords(domain, type)?.one;
  if (words !== undefined) return cleaned(words);
  const object = contentType && contentTypeWords(domain, contentType).one;
  return cleaned(withObject(spoken(type), object));
};

/** The last five things done. */
export const recentFacts = ({ behaviour, market, now }: KnownToFacts, domain: Domain): FactDraft[] =>
  recentEntries(behaviour)
    .filter(([, , type]) => isAction({ type }))
    .flatMap((entry) => {
      const [at, , , contentId, , feature] = entry;
      const what = whatOf(entry, domain);
      if (what === '') return [];
      const title = cleaned(market.items.get(contentId)?.title ?? '');
      const used = cleaned(feature);
      const hoursAgo = Math.floor(Math.max(0, now - at) / HOUR_MS);
      const on = [...(title === '' ? [] : [`"${title}"`]), ...(used === '' ? [] : [`in "${used}"`])];
      const names: Fact['names'] = {
        what,
        ...(title !== '' && { title, contentId }),
        ...(used !== '' && { feature: used }),
      };
      const says = `Done ${ago(hoursAgo, 'hour')}: ${[what, ...on].join(' ')}`;
      return [draft('recent', says, { names, numbers: { hoursAgo } })];
    })
    .slice(0, RECENT);

/** Contents that the recent interactions begin and do not end, with the time of the last one. */
const begun = (entries: readonly RecentEntry[]): Map<string, number> => {
  const [at, over] = [new Map<string, number>(), new Set<string>()];
  for (const [time, signal, type, contentId] of entries) {
    if (contentId === '') continue;
    if (isCompletion({ type }) || isDismissal({ type }) || signal < 0) over.add(contentId);
    if (BEGINNING.has(type)) at.set(contentId, Math.max(time, at.get(contentId) ?? 0));
  }
  for (const contentId of over) at.delete(contentId);
  return at;
};

/** Three items of the catalogue that were begun lately and neither finished nor dismissed, newest first. */
export const unfinishedFacts = (
  { behaviour, market, done = () => false, now }: KnownToFacts,
  domain: Domain,
): FactDraft[] =>
  [...begun(behaviour.recent)]
    .sort(([, a], [, b]) => b - a)
    .flatMap(([contentId, at]) => {
      const item = done(contentId) ? undefined : market.items.get(contentId);
      const title = cleaned(item?.title ?? '');
      if (!item || title === '') return [];
      const days = daysSince(at, now);
      const { one } = contentTypeWords(domain, item.type);
      const says = `Begun and not finished: "${title}" (${one}), last touched ${ago(days, 'day')}`;
      const names = { title, contentId, contentType: item.type };
      return [draft('unfinished', says, { names, numbers: { daysSince: days } })];
    })
    .slice(0, UNFINISHED);
