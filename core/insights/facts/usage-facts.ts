import type { Domain } from '../../domains/types.ts';
import { type FeatureUse, featureUses } from '../../profile/fold/tallies.ts';
import { contentPreferences } from '../../profile/view/content-preferences.ts';
import { draft, type FactDraft } from './draft.ts';
import type { KnownToFacts } from './known.ts';
import { ago, cleaned, contentTypeWords, daysSince, percentOf, plural } from './words.ts';

const FEATURES = 5;
const LAPSED = 3;
const CONTENT_TYPES = 4;
/** Out of fewer successes and failures nothing is said. */
const FEWEST_OUTCOMES = 3;
/** A feature is lapsed after so many days, if it was used at least so often before. */
const LAPSED_DAYS = 14;
const LAPSED_USES = 3;
/** Uses, decayed with a half-life of 14 days, from which a feature is used frequently. */
const FREQUENT_WEIGHT = 3;
const LIKED_FROM = 0.65;
const DISLIKED_TO = 0.35;

const USE = { frequent: 'Uses', occasional: 'Sometimes uses', lapsed: 'No longer uses' } as const;

const featureFact = (
  { feature, count, lastUsedAt }: FeatureUse,
  use: keyof typeof USE,
  now: number,
): FactDraft[] => {
  const name = cleaned(feature);
  if (name === '') return [];
  const days = daysSince(lastUsedAt, now);
  const says = `${USE[use]} "${name}": ${plural(count, 'time')} in all, last ${ago(days, 'day')}`;
  return [
    draft('feature', says, {
      names: { feature: name },
      words: { use },
      numbers: { uses: count, daysSince: days },
    }),
  ];
};

/** Five features in use, most used first, and three that were used and are no more. */
export const featureFacts = ({ behaviour, now }: KnownToFacts): FactDraft[] => {
  const uses = featureUses(behaviour, now);
  const isInUse = ({ lastUsedAt }: FeatureUse): boolean => daysSince(lastUsedAt, now) < LAPSED_DAYS;
  const lapsed = uses
    .filter((use) => !isInUse(use) && use.count >= LAPSED_USES)
    .sort((a, b) => b.count - a.count || (a.feature < b.feature ? -1 : 1));
  return [
    ...uses
      .filter(isInUse)
      .slice(0, FEATURES)
      .flatMap((use) => featureFact(use, use.weight >= FREQUENT_WEIGHT ? 'frequent' : 'occasional', now)),
    ...lapsed.slice(0, LAPSED).flatMap((use) => featureFact(use, 'lapsed', now)),
  ];
};

const likingOf = (score: number): string => {
  if (score >= LIKED_FROM) return 'liked';
  return score <= DISLIKED_TO ? 'disliked' : 'mixed';
};

/**
 * Four types of content, those with most behind them first; from three successes and failures on. A recommendation that was dismissed is
 * a failure too: these are not counts of what was opened.
 */
export const contentFacts = ({ behaviour }: KnownToFacts, domain: Domain): FactDraft[] =>
  contentPreferences(behaviour)
    .filter(
      ({ contentType, successes, failures }) =>
        cleaned(contentType) !== '' && successes + failures >= FEWEST_OUTCOMES,
    )
    .sort((a, b) => b.successes + b.failures - (a.successes + a.failures))
    .slice(0, CONTENT_TYPES)
    .map(({ contentType, successes, failures, score }) => {
      const percent = percentOf(successes / (successes + failures));
      const liking = likingOf(score);
      const { many } = contentTypeWords(domain, contentType);
      const says = `${liking} content: ${many}, ${successes} went well and ${failures} did not (${percent} %)`;
      return draft('content', says.charAt(0).toUpperCase() + says.slice(1), {
        names: { contentType: cleaned(contentType) },
        words: { liking },
        numbers: { successes, failures, percent },
      });
    });
