import type { Domain } from '../../domains/types.ts';
import { activityFacts, streakFacts } from './activity-facts.ts';
import { answerFacts } from './answer-facts.ts';
import { draft, type FactDraft, numbered } from './draft.ts';
import { factHash } from './fact-hash.ts';
import { goalFacts } from './goal-facts.ts';
import { deviceFacts, hourFacts } from './habit-facts.ts';
import type { KnownToFacts } from './known.ts';
import { focusFacts, interestFacts, trendFacts } from './market-facts.ts';
import { predictionFacts } from './prediction-facts.ts';
import { recentFacts, unfinishedFacts } from './recent-facts.ts';
import { skillFacts } from './skill-facts.ts';
import type { Fact, FactSheet } from './types.ts';
import { contentFacts, featureFacts } from './usage-facts.ts';
import { workflowFacts } from './workflow-facts.ts';

export type { KnownToFacts } from './known.ts';

const MOST_FACTS = 60;
const NOTHING_KNOWN = 'Nothing is known of this user yet';

const ownFacts = (known: KnownToFacts, domain: Domain): FactDraft[] => {
  const { profile, behaviour } = known;
  if (behaviour.interactions === 0) {
    return [
      ...goalFacts(known, domain),
      ...answerFacts(profile),
      ...focusFacts(known),
      ...interestFacts(profile),
    ];
  }
  return [
    ...goalFacts(known, domain),
    ...answerFacts(profile),
    ...activityFacts(known),
    ...streakFacts(known),
    ...predictionFacts(known),
    ...focusFacts(known),
    ...skillFacts(known),
    ...featureFacts(known),
    ...contentFacts(known, domain),
    ...unfinishedFacts(known, domain),
    ...interestFacts(profile),
    ...workflowFacts(known),
    ...hourFacts(known),
    ...deviceFacts(known),
    ...recentFacts(known, domain),
  ];
};

/**
 * What is known of a user, as facts with ids: all that texts about them may rest on. No id, e-mail address or attribute of the user
 * is in it; names are cut to 120 characters, lists are bounded, 60 facts at most. Of a user of whom nothing is known it holds the fact
 * `unknown1`, beside what rises among all users. See `factHash` for what its hash tells.
 */
export const factSheet = (known: KnownToFacts, domain: Domain): FactSheet => {
  const own = ownFacts(known, domain);
  const about = own.length > 0 ? own : [draft('unknown', NOTHING_KNOWN)];
  const facts = numbered([...about, ...trendFacts(known, domain)].slice(0, MOST_FACTS));
  return { facts, hash: factHash(facts), takenAt: known.now };
};

/** The sheet with further facts (of a page, of feedback), which leave its hash as it is. */
export const withFacts = (sheet: FactSheet, more: readonly Fact[]): FactSheet => ({
  ...sheet,
  facts: [...sheet.facts, ...more],
});
