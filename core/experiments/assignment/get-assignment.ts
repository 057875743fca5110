import type { Caller } from '../../access/caller.ts';
import { mayPersonalise } from '../../config/inputs-from.ts';
import { newDecisionId, wholeDecisionId } from '../../decisions/decision-id.ts';
import { keepDecision, type TracePorts } from '../../decisions/keep-decision.ts';
import type { Decision } from '../../decisions/ports.ts';
import { allowsTracking, CONSENT_REASON } from '../../privacy/consent.ts';
import type { LoadedUser, UsersStore } from '../../profile/ports.ts';
import type { Assignment } from '../types.ts';
import { type AdoptPorts, adoptArms, assertMayClaim } from './adopt-arms.ts';
import {
  type AssignmentInputs,
  assignFrom,
  assignmentContext,
  assignmentTraceOf,
  saysTheSame,
  shorterAssignmentTrace,
} from './assignment-trace.ts';
import type { CompiledExperiment, CompiledExperimentSet } from './compile-experiments.ts';
import { type ExposurePorts, keepExposures } from './exposures.ts';
import { experimentIdOf, type FindPorts, findExperiment } from './find-experiment.ts';
import { type Asked, gatherInputs, type InputPorts } from './gather-inputs.ts';

export type AssignmentPorts = FindPorts &
  TracePorts &
  ExposurePorts &
  AdoptPorts &
  InputPorts & {
    readonly users: Pick<UsersStore, 'load'>;
  };

export type AssignmentQuestion = Asked & {
  /** Id of the experiment, or its key. */
  readonly experiment: string;
  /** Id under which the user was seen before signing in: its arms become the user's. */
  readonly anonymous?: { readonly id: string; readonly claimedBy: Caller };
  readonly newId: () => string;
};

export type AnsweredAssignment = Assignment & {
  readonly decisionId: string;
  readonly source: 'computed' | 'fallback';
};

/** An arm and what it follows from. */
type Settled = { readonly assignment: Assignment; readonly inputs: AssignmentInputs };

const alongside = (
  one: CompiledExperiment,
  { experiments }: CompiledExperimentSet,
): Pick<CompiledExperimentSet, 'experiments'> => ({
  experiments: [one, ...experiments.filter(({ experiment }) => experiment.id !== one.experiment.id)],
});

/** The user with the arms of the anonymous id, if that may be read and saw any. */
const identified = async (
  ports: AssignmentPorts,
  one: CompiledExperiment,
  loaded: LoadedUser,
  { userId, anonymous, now }: AssignmentQuestion,
): Promise<LoadedUser> => {
  const anonymousId = anonymous?.id;
  if (anonymousId === undefined || anonymousId === userId || !allowsTracking(loaded.profile)) return loaded;
  const before = await ports.users.load(anonymousId, { parts: 'head', now });
  if (!before.sticky || !mayPersonalise(before.profile)) return loaded;
  const arms = { ofUser: loaded.config?.sticky ?? {}, ofAnonymous: before.sticky };
  const set = alongside(one, await ports.experimentSet());
  const sticky = await adoptArms(ports, set, { anonymousId, userId, now }, arms);
  return { ...loaded, config: { heads: new Map(), ...loaded.config, sticky } };
};

/** The arm, stored where it is seen for the first time; where another request was first with another arm, that one counts. */
const settle = async (
  ports: AssignmentPorts,
  one: CompiledExperiment,
  inputs: AssignmentInputs,
  { profile, journal: { behaviour } }: LoadedUser,
): Promise<Settled> => {
  const { userId, now, sticky } = inputs;
  const assignment = assignFrom(one, inputs);
  const showing = { userId, now, sticky, profile, behaviour, assignments: [assignment] };
  const stored = await keepExposures(ports, alongside(one, await ports.experimentSet()), showing);
  if (!assignment.inExperiment || stored[one.line]?.[0] === assignment.variant) return { assignment, inputs };
  const later = { ...inputs, sticky: stored };
  return { assignment: assignFrom(one, later), inputs: later };
};

/** The bare id: that of the last assignment where it said the same, else a new one, whose trace is kept. */
const bareIdOf = async (
  ports: AssignmentPorts,
  one: CompiledExperiment,
  { inputs, assignment }: Settled,
  { last, newId }: { readonly last: Decision | undefined; readonly newId: () => string },
): Promise<string> => {
  const trace = assignmentTraceOf(one, inputs, assignment);
  if (last && saysTheSame(last.body, trace)) return last.decisionId;
  const { userId, now } = inputs;
  const decisionId = newDecisionId(assignmentContext(one.experiment.id), now, newId);
  const decision = { decisionId, userId, decidedAt: now, body: trace };
  await keepDecision(ports, decision, shorterAssignmentTrace);
  return decisionId;
};

/** Somebody who does not allow personalisation gets the control; nothing of them is read into it or written. */
const withoutConsent = (one: CompiledExperiment, { userId, now }: AssignmentQuestion): Assignment => ({
  ...assignFrom(one, { userId, now, abTesting: false, values: {}, sticky: {} }),
  reason: CONSENT_REASON,
});

/**
 * The arm of one user in one experiment, and why. Deterministic; stored the first time it is answered, and from then on the same
 * whatever becomes of weights and coverage. Round trips: experiment, user and last answer side by side; then, the first time, the
 * arm, and the trace. With an anonymous id one more for what was seen under it, and what `adoptArms` does.
 *
 * @throws NotFound where there is no such experiment; Forbidden where the caller may not claim the anonymous id
 */
export const getAssignment = async (
  ports: AssignmentPorts,
  question: AssignmentQuestion,
): Promise<AnsweredAssignment> => {
  const { userId, anonymous, now, newId } = question;
  if (anonymous) assertMayClaim(anonymous.claimedBy, anonymous.id);
  const guess = experimentIdOf(await ports.experimentSet(), question.experiment);
  const lastOf = (id: string) => ports.decisions.lastInContext(userId, assignmentContext(id), now);
  const [one, loaded, lastOfGuess, seal] = await Promise.all([
    findExperiment(ports, question.experiment),
    ports.users.load(userId, { parts: 'config', now }),
    lastOf(guess),
    ports.userSeal(),
  ]);
  const { id } = one.experiment;
  const whole = (bareId: string) => wholeDecisionId(bareId, seal.seal(userId, bareId));
  if (!mayPersonalise(loaded.profile)) {
    const decisionId = whole(newDecisionId(assignmentContext(id), now, newId));
    return { ...withoutConsent(one, question), decisionId, source: 'fallback' };
  }
  const known = await identified(ports, one, loaded, question);
  const inputs = await gatherInputs(ports, one, known, question);
  const last = id === guess ? lastOfGuess : await lastOf(id);
  const settled = await settle(ports, one, inputs, loaded);
  const decisionId = whole(await bareIdOf(ports, one, settled, { last, newId }));
  return { ...settled.assignment, decisionId, source: 'computed' };
};
