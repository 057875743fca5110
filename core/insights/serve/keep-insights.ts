import { newDecisionId, wholeDecisionId } from '../../decisions/decision-id.ts';
import { keepDecision, type TracePorts } from '../../decisions/keep-decision.ts';
import type { Decision, UserSeal } from '../../decisions/ports.ts';
import { type InsightsTrace, shorterInsightsTrace } from './insights-trace.ts';

export type Keeping = {
  readonly userId: string;
  /** As `insightsPlace` gives it. */
  readonly place: string;
  readonly now: number;
  readonly newId: () => string;
  readonly seal: UserSeal;
  /** The last decision in this place. */
  readonly last: Decision | undefined;
  /** False: nothing is written. */
  readonly personalised: boolean;
};

/** The whole id of an answer: that of the last one in its place where it says the same, else a new one, whose trace is written. */
export const keepInsights = async (
  ports: TracePorts,
  keeping: Keeping,
  trace: InsightsTrace,
): Promise<string> => {
  const { userId, place, now, newId, seal, last, personalised } = keeping;
  const whole = (bareId: string): string => wholeDecisionId(bareId, seal.seal(userId, bareId));
  const before = last?.body as Partial<InsightsTrace> | undefined;
  if (personalised && last && before?.digest === trace.digest) return whole(last.decisionId);
  const decisionId = newDecisionId(place, now, newId);
  const decision = { decisionId, userId, decidedAt: now, body: trace };
  if (personalised) await keepDecision(ports, decision, shorterInsightsTrace);
  return whole(decisionId);
};
