import type { CatalogItem } from '../../catalog/types.ts';
import type { RankedItem } from '../../learn/types.ts';
import type { Rung, Sources, UserSignals } from '../types.ts';
import type { Cause } from './pool.ts';

const LONGEST_GOAL = 100;
const LONGEST_INTEREST = 50;

/** Why a personal candidate is there, naming the item or the words that carried it. */
export function personalReason(
  cause: Cause | undefined,
  item: CatalogItem,
  { catalog, sentences }: Pick<Sources, 'catalog'> & Pick<UserSignals, 'sentences'>,
): string {
  switch (cause?.source) {
    case 'collaborative':
      return `Because you chose ${titleOf(cause.through, catalog)}: others who did chose this too`;
    case 'sequential':
      return `Because you chose ${titleOf(cause.through, catalog)}: often chosen next`;
    case 'content':
      return `Because you chose ${titleOf(cause.through, catalog)}: ${inCommon(item, catalog.get(cause.through))}`;
    case 'interests':
      return sentences?.has(cause.through)
        ? 'Matches what you told about your project'
        : `Matches your interest in '${shortened(cause.through, LONGEST_INTEREST)}'`;
    case 'goals':
      return `Serves your goal '${shortened(cause.through, LONGEST_GOAL)}'`;
    case 'affinity':
      return `You often choose content of the type '${cause.through}'`;
    default:
      return 'Popular with everybody';
  }
}

/** The reason of a personal candidate, and that it keeps a streak of so many days where it does. */
export function withStreak(reason: string, days: number | undefined): string {
  return days === undefined ? reason : `${reason}. Keeps your streak of ${plural(days, 'day')}`;
}

/** Why an item that resembles another is there. */
export function similarReason(
  cause: Cause | undefined,
  item: CatalogItem,
  like: CatalogItem | undefined,
): string {
  const title = like === undefined ? 'it' : `'${like.title}'`;
  if (cause?.source === 'sequential') return `Often chosen next after ${title}`;
  if (cause?.source === 'content')
    return like === undefined ? 'Similar content' : upperFirst(inCommon(item, like));
  return `Chosen by those who chose ${title}`;
}

/** Why an item of a list for many users is there, with the number that carried it. */
export function generalReason(
  rung: Rung,
  ranked: RankedItem,
  context: { item: CatalogItem; segment?: string },
): string {
  switch (rung) {
    case 'segment favourites':
      return `A favourite of users like you (${words(context.segment)})${chosenBy(ranked.count)}`;
    case 'trending':
      return risingReason(ranked);
    case 'newest':
      return `New in the catalogue${published(context.item)}`;
    default:
      return `Popular${chosenBy(ranked.count) || ' with everybody'}`;
  }
}

function risingReason({ growth, count }: RankedItem): string {
  if (growth !== undefined && growth > 1) {
    return `Rising: ${trimmed(growth)} times as many views as in the same hours of the days before`;
  }
  return count === undefined
    ? 'Rising in the last 24 hours'
    : `Rising: ${plural(count, 'view')} in the last 24 hours`;
}

function inCommon(item: CatalogItem, other: CatalogItem | undefined): string {
  const theirs = new Set(
    other === undefined ? [] : [...other.tags, ...other.topics, ...other.genres, ...other.skills],
  );
  const shared = [...new Set([...item.tags, ...item.topics, ...item.genres, ...item.skills])]
    .filter((label) => theirs.has(label))
    .slice(0, 3);
  return shared.length === 0 ? 'similar content' : `both about ${shared.join(', ')}`;
}

function titleOf(itemId: string, catalog: Sources['catalog']): string {
  const item = catalog.get(itemId);
  return item === undefined ? 'an earlier item' : `'${item.title}'`;
}

function chosenBy(count: number | undefined): string {
  return count === undefined ? '' : `: chosen by ${plural(count, 'user')}`;
}

function published({ publishedAt }: CatalogItem): string {
  return publishedAt === undefined ? '' : `: published on ${publishedAt.slice(0, 10)}`;
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

function trimmed(value: number): string {
  return value >= 10 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toFixed(1)));
}

function words(segment: string | undefined): string {
  return (segment ?? 'your segment').replaceAll('_', ' ');
}

/** What users wrote may be long: a reason names its beginning, so many characters at most. */
function shortened(text: string, longest: number): string {
  const points = [...text];
  return points.length <= longest ? text : `${points.slice(0, longest - 1).join('')}…`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
