import { newDecisionId, wholeDecisionId } from '../decisions/decision-id.ts';
import { keepDecision, type TracePorts } from '../decisions/keep-decision.ts';
import type { Decision } from '../decisions/ports.ts';
import type { JournalStore } from '../journal/ports.ts';
import { textHash } from '../numbers/text-hash.ts';
import { CONSENT_REASON } from '../privacy/consent.ts';
import type { LoadedUser, UsersStore } from '../profile/ports.ts';
import { allowsPersonalisation } from '../profile/stored-profile.ts';
import type { Action } from './actions.ts';
import { nothingToOptimize, type Optimizations, optimizationsOf } from './optimizations.ts';
import { recentActions } from './recent-actions.ts';

export type WorkflowPorts = TracePorts & {
  readonly users: UsersStore;
  readonly journal: Pick<JournalStore, 'pages'>;
};

export type WorkflowAsk = { readonly userId: string; readonly now: number; readonly newId: () => string };

/** The stretch of actions that was looked at. */
export type Basis = { actions: number; from: string | null; to: string | null };

export type OptimizedWorkflow = Optimizations & {
  userId: string;
  timezone: string;
  basis: Basis;
  decisionId: string;
  generatedAt: string;
  source: 'computed' | 'fallback';
};

/** Six hex digits: the ids of these decisions start so. */
const CONTEXT = textHash('workflow-optimizations').toString(16).padStart(8, '0').slice(0, 6);
const UNKNOWN = 'No actions of this user are stored yet';
const TRACED = 3;

const isoOrNull = (ms: number | undefined): string | null =>
  ms === undefined ? null : new Date(ms).toISOString();

const basisOf = (actions: readonly Action[]): Basis => ({
  actions: actions.length,
  from: isoOrNull(actions[0]?.at),
  to: isoOrNull(actions.at(-1)?.at),
});

/** What is kept of the decision: the first few of each list, and a hash by which the next one can tell that it says the same. */
export type WorkflowTrace = {
  readonly context: string;
  readonly source: string;
  readonly actions: number;
  readonly sequences: readonly (readonly [sequence: readonly string[], support: number])[];
  readonly nextSteps: readonly (readonly [action: string, probability: number])[];
  readonly bestHours: readonly (readonly [hour: number, score: number])[];
  readonly shortcuts: readonly (readonly [from: string, to: string, support: number])[];
  readonly digest?: number;
};

const traceOf = (found: Optimizations, basis: Basis): WorkflowTrace => ({
  context: 'workflow-optimizations',
  source: 'computed',
  actions: basis.actions,
  sequences: found.sequences.slice(0, TRACED).map(({ sequence, support }) => [sequence, support]),
  nextSteps: found.nextSteps.slice(0, TRACED).map(({ action, probability }) => [action, probability]),
  bestHours: found.bestHours.map(({ hour, score }) => [hour, score]),
  shortcuts: found.shortcuts.slice(0, TRACED).map(({ from, to, support }) => [from, to, support]),
});

/** The last and least of its lists goes first. */
const shorterTrace = (trace: WorkflowTrace): WorkflowTrace | undefined => {
  const list = (['shortcuts', 'sequences', 'nextSteps', 'bestHours'] as const).find(
    (name) => trace[name].length > 0,
  );
  return list && { ...trace, [list]: trace[list].slice(0, -1) };
};

/** The bare id of this decision: that of the last one where it says the same, else a new one, whose trace is kept. */
const bareIdOf = async (
  ports: WorkflowPorts,
  { userId, now, newId }: WorkflowAsk,
  { trace, last }: { trace: WorkflowTrace; last: Decision | undefined },
): Promise<string> => {
  const digest = textHash(JSON.stringify(trace));
  if ((last?.body as WorkflowTrace | undefined)?.digest === digest) return last!.decisionId;
  const decisionId = newDecisionId(CONTEXT, now, newId);
  await keepDecision(ports, { decisionId, userId, decidedAt: now, body: { ...trace, digest } }, shorterTrace);
  return decisionId;
};

const actionsOfUser = async (
  { journal }: WorkflowPorts,
  userId: string,
  loaded: LoadedUser,
): Promise<Action[]> => (loaded.journal.seq === 0 ? [] : recentActions(journal, userId, loaded.journal));

/**
 * What a user could do better, from up to 300 stored actions. Round trips: the user (and, beside it, the last such decision), one
 * or two for the actions, and the trace where the answer differs. Nothing of a user who opted out is read or written.
 */
export const optimizeWorkflow = async (
  ports: WorkflowPorts,
  ask: WorkflowAsk,
): Promise<OptimizedWorkflow> => {
  const { userId, now } = ask;
  const [loaded, last, seal] = await Promise.all([
    ports.users.load(userId, { parts: 'head', now }),
    ports.decisions.lastInContext(userId, CONTEXT, now),
    ports.userSeal(),
  ]);
  const whole = (bareId: string) => wholeDecisionId(bareId, seal.seal(userId, bareId));
  const generatedAt = new Date(now).toISOString();
  const allowed = !loaded.profile || allowsPersonalisation(loaded.profile);
  const actions = allowed ? await actionsOfUser(ports, userId, loaded) : [];
  const basis = basisOf(actions);
  if (actions.length === 0) {
    const nothing = nothingToOptimize(allowed ? UNKNOWN : CONSENT_REASON);
    const decisionId = whole(newDecisionId(CONTEXT, now, ask.newId));
    return { ...nothing, userId, timezone: 'UTC', basis, decisionId, generatedAt, source: 'fallback' };
  }
  const timezone = loaded.profile?.timezone ?? 'UTC';
  const found = optimizationsOf(actions, timezone);
  const decisionId = whole(await bareIdOf(ports, ask, { trace: traceOf(found, basis), last }));
  return { ...found, userId, timezone, basis, decisionId, generatedAt, source: 'computed' };
};
