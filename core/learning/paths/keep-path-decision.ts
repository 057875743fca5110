import { newDecisionId, wholeDecisionId } from '../../decisions/decision-id.ts';
import { keepDecision } from '../../decisions/keep-decision.ts';
import type { Decision, UserSeal } from '../../decisions/ports.ts';
import type { ShownPath } from './path-answer.ts';
import { type PathTrace, pathPlace, pathTraceOf, shorterPathTrace } from './path-trace.ts';
import type { PathMoment, PathPorts } from './ports.ts';

const REASON =
  'The user does not allow personalisation: the order is the same for everybody, and nothing is adapted';

export type PathProvenance = {
  readonly decisionId: string;
  readonly generatedAt: string;
  readonly source: 'computed' | 'fallback';
  readonly reason?: string;
};

/** The bare id: that of the last decision about this path where it says the same, else a new one, whose trace is kept. */
const keep = async (
  ports: PathPorts,
  { userId, now, newId }: PathMoment,
  { shown, last }: { shown: ShownPath; last: Decision | undefined },
): Promise<string> => {
  const trace = pathTraceOf(shown);
  if ((last?.body as Partial<PathTrace> | undefined)?.digest === trace.digest) return last!.decisionId;
  const decisionId = newDecisionId(pathPlace(shown.path.pathId), now, newId);
  await keepDecision(ports, { decisionId, userId, decidedAt: now, body: trace }, shorterPathTrace);
  return decisionId;
};

/** Where an answer about a path comes from. Of who does not allow personalisation no trace is kept. */
export const pathProvenance = async (
  ports: PathPorts,
  moment: PathMoment,
  { shown, last, seal }: { shown: ShownPath; last: Decision | undefined; seal: UserSeal },
): Promise<PathProvenance> => {
  const { userId, now, newId } = moment;
  const isPersonal = shown.learner.adapts;
  const bare = isPersonal
    ? await keep(ports, moment, { shown, last })
    : newDecisionId(pathPlace(shown.path.pathId), now, newId);
  return {
    decisionId: wholeDecisionId(bare, seal.seal(userId, bare)),
    generatedAt: new Date(now).toISOString(),
    ...(isPersonal ? { source: 'computed' } : { source: 'fallback', reason: REASON }),
  };
};
