import { wordsOf } from '../learn/lists/text-terms.ts';

/** Words of titles of goals that say how much, by when or how firmly, and not what it is about. */
const NOT_THE_SUBJECT = new Set(
  (
    'one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred thousand once twice dozen half ' +
    'first second third last next new another other every each per least most many much few several all any only just ' +
    'day today tomorrow daily week weekly weekend month monthly quarter quarterly year yearly hour minute time morning evening night ' +
    'january february march april june july august september october november december ' +
    'monday tuesday wednesday thursday friday saturday sunday until till end within during while again ' +
    'goal target aim plan want need try keep make get reach become be being known good better best great well really always never ' +
    'learn study practise practice understand start begin finish complete achieve improve increase reduce grow stay more less'
  ).split(' '),
);

/** The words of a goal by which items are matched; empty where the title says nothing but how much and when. */
export const goalWords = (title: string): string =>
  wordsOf(title)
    .filter((word) => !NOT_THE_SUBJECT.has(word) && !/^\p{N}+$/u.test(word))
    .join(' ');
