import { CONFIG_ID } from '../../decisions/decision-id.ts';
import { DAY_MS } from '../../profile/fold/decay.ts';
import { CONVERSION_DAYS } from '../../rules/performance/count-rules.ts';
import { isConversion } from '../conversions.ts';
import type { CountableUser } from '../types.ts';
import type { DayTally } from './day-tally.ts';

/**
 * Config decisions of a user by the day they were made: `decisions` (one that is the same as the last in its context is
 * no new one), `exposures` (those that at least one rule applied to), `conversions` (exposures that a conversion of the
 * user followed within seven days).
 */
export const countRuleDays = (user: CountableUser, tally: DayTally): void => {
  for (const { decisionId, decidedAt } of user.decisions)
    if (decisionId.startsWith(CONFIG_ID)) tally.add(decidedAt, 'decisions', 1);
  const conversions = user.interactions.filter(isConversion);
  for (const { decidedAt, outcomes } of user.judged) {
    if (!outcomes.some(({ arm }) => arm === 'applied')) continue;
    tally.add(decidedAt, 'exposures', 1);
    const until = decidedAt + CONVERSION_DAYS * DAY_MS;
    const followed = conversions.some(({ occurredAt }) => occurredAt > decidedAt && occurredAt <= until);
    if (followed) tally.add(decidedAt, 'conversions', 1);
  }
};
