import { countRules } from '../../rules/performance/count-rules.ts';
import { periodUntil } from '../../rules/performance/rule-performance.ts';
import { conversionValue, isConversion } from '../conversions.ts';
import type { Window } from '../periods.ts';
import type { CountableUser, Counters } from '../types.ts';
import { countActivity, countPeriods } from './count-activity.ts';
import { countLearning } from './count-learning.ts';
import { countRecommendations } from './count-recommendations.ts';
import { countRuleDays } from './count-rule-days.ts';
import { countSegments } from './count-segments.ts';
import { dayTally } from './day-tally.ts';

const rulesOf = ({ interactions, judged }: CountableUser, { asOf }: Window): Counters['rules'] => {
  const conversions = interactions
    .filter(isConversion)
    .map((one) => ({ occurredAt: one.occurredAt, value: conversionValue(one) }));
  return countRules({ decisions: judged, conversions }, periodUntil(asOf));
};

/** Everything that one user adds to the aggregation. Pure: the same user and window give the same counters. */
export const countUser = (user: CountableUser, window: Window): Counters => {
  const tally = dayTally(window);
  countActivity(user, window, tally);
  countLearning(user, tally);
  countRecommendations(user, window, tally);
  countRuleDays(user, tally);
  return {
    users: 1,
    days: tally.days(),
    periods: countPeriods(user, window),
    ...countSegments(user, window),
    rules: rulesOf(user, window),
  };
};

/** What a user adds who does not want to be counted. */
export const withoutConsent: Counters = { leftOut: { consent: 1 } };
