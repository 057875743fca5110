import { decisionTime } from '../../decisions/decision-id.ts';
import type { Decision } from '../../decisions/ports.ts';
import { isDismissal, strengthOf } from '../../profile/fold/signal-table.ts';
import type { Interaction } from '../../profile/types.ts';
import { type DecisionTrace, parseRecommendationId } from '../../recommend/serve/decision-trace.ts';
import { isConversion } from '../conversions.ts';
import { tracedFrom, type Window } from '../periods.ts';
import type { CountableUser } from '../types.ts';
import type { DayTally } from './day-tally.ts';

/** A click, a view, or anything that says more: who converts has followed the recommendation. */
const FOLLOWED_FROM = 1;

type Outcome = { clicked: boolean; converted: boolean; dismissed: boolean; firstAt: number };

const isRecommendation = ({ body }: Decision): boolean =>
  typeof body === 'object' && body !== null && Array.isArray((body as { items?: unknown }).items);

const outcomesOf = (interactions: readonly Interaction[]): Map<string, Outcome> => {
  const outcomes = new Map<string, Outcome>();
  for (const interaction of interactions) {
    const { recommendationId, occurredAt } = interaction;
    if (recommendationId === undefined) continue;
    const before = outcomes.get(recommendationId);
    const converted = isConversion(interaction);
    outcomes.set(recommendationId, {
      clicked: before?.clicked || converted || strengthOf(interaction.type) >= FOLLOWED_FROM,
      converted: before?.converted || converted,
      dismissed: before?.dismissed || isDismissal(interaction),
      firstAt: before?.firstAt ?? occurredAt,
    });
  }
  return outcomes;
};

/** Elements that were shown; a trace may hold fewer of them. */
const shownIn = (decision: Decision | undefined): number => {
  const trace = decision?.body as DecisionTrace | undefined;
  return trace === undefined ? 0 : (trace.shown?.[0] ?? trace.items.length);
};

type Named = { decisionId: string; position: number };

/** When the recommendation was made; undefined where no kept trace holds it. */
const madeAt = (decisions: ReadonlyMap<string, Decision>, named: Named | undefined): number | undefined => {
  const decision = named && decisions.get(named.decisionId);
  return named && named.position < shownIn(decision) ? decision?.decidedAt : undefined;
};

const countOutcome = (tally: DayTally, at: number, outcome: Outcome): void => {
  for (const name of ['clicked', 'converted', 'dismissed'] as const)
    if (outcome[name]) tally.add(at, name, 1);
};

/**
 * Recommendations of a user by the day on which they were made: `answers` (an answer that is the same as the last one in
 * its place is no new one), the elements `shown` in them, and how many of these were followed (`clicked`: an
 * interaction that is a click, a view or says more names the recommendation's id), led to a conversion, or were
 * dismissed, whenever that was: each element once, so that none of them exceeds what was shown. `unattributed`: followed
 * ones of which there should be a trace and is none, on the day of the click; those whose trace has had its time were
 * counted while it was there.
 */
export const countRecommendations = (
  { decisions, interactions }: CountableUser,
  { asOf }: Window,
  tally: DayTally,
): void => {
  const answers = decisions.filter(isRecommendation);
  for (const answer of answers) {
    tally.add(answer.decidedAt, 'answers', 1);
    tally.add(answer.decidedAt, 'shown', shownIn(answer));
  }
  const byId = new Map(answers.map((answer) => [answer.decisionId, answer]));
  for (const [recommendationId, outcome] of outcomesOf(interactions)) {
    const named = parseRecommendationId(recommendationId);
    const at = madeAt(byId, named);
    const isPast = named !== undefined && decisionTime(named.decisionId) < tracedFrom(asOf);
    if (at !== undefined) countOutcome(tally, at, outcome);
    else if (outcome.clicked && !isPast) tally.add(outcome.firstAt, 'unattributed', 1);
  }
};
