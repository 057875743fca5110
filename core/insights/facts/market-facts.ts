import type { Domain } from '../../domains/types.ts';
import { interestTerms } from '../../profile/fold/interest-terms.ts';
import type { StoredProfile } from '../../profile/stored-profile.ts';
import { draft, type FactDraft } from './draft.ts';
import type { KnownToFacts } from './known.ts';
import { cleaned, contentTypeWords, plural } from './words.ts';

const FOCUSES = 3;
const INTERESTS = 5;

/**
 * What the user said to be interested in. Goals and market focus are facts of their own; attributes and the questionnaire's free texts
 * tell who somebody is and stay out.
 */
export const statedInterests = (profile: StoredProfile): string[] => {
  const { questionnaire } = profile;
  const { logline: _logline, description: _description, ...answers } = questionnaire?.data ?? {};
  const terms = interestTerms({
    ...profile,
    goals: [],
    marketFocus: [],
    attributes: {},
    ...(questionnaire && { questionnaire: { ...questionnaire, data: answers } }),
  });
  return [...new Set(terms.map((term) => cleaned(term)))].filter((term) => term !== '');
};

export const interestFacts = (profile: StoredProfile): FactDraft[] =>
  statedInterests(profile)
    .slice(0, INTERESTS)
    .map((interest) => draft('interest', `Interested in "${interest}"`, { names: { interest } }));

/** The focuses of the user that the market was asked about. */
export const focusFacts = ({ market }: KnownToFacts): FactDraft[] =>
  market.focuses
    .map(({ focus, ...counts }) => ({ focus: cleaned(focus), ...counts }))
    .filter(({ focus }) => focus !== '')
    .slice(0, FOCUSES)
    .map(({ focus, items, fresh }) =>
      draft(
        'focus',
        `Focus on "${focus}": ${plural(items, 'item')} in the catalogue, ${fresh} of them new in the last 30 days`,
        { names: { focus }, numbers: { items, fresh } },
      ),
    );

/** Items that rise, about the user's focus or interests first. What they are about is told where it is a focus or a stated interest. */
export const trendFacts = ({ market, profile }: KnownToFacts, domain: Domain): FactDraft[] => {
  const told = new Set([...profile.marketFocus.map((focus) => cleaned(focus)), ...statedInterests(profile)]);
  return market.trends.flatMap(({ item, rank, near, about = '' }) => {
    const title = cleaned(item.title);
    const subject = told.has(cleaned(about)) ? cleaned(about) : '';
    if (title === '') return [];
    const { one } = contentTypeWords(domain, item.type);
    const subjectOf = subject === '' ? '' : `, about the ${near} "${subject}"`;
    const says = `Rising among all users, place ${rank}: "${title}" (${one})${subjectOf}`;
    const names = { title, contentId: item.itemId, contentType: item.type };
    return draft('trend', says, {
      names: subject === '' ? names : { ...names, about: subject },
      words: { near },
      numbers: { rank },
    });
  });
};
