import type { JournalStore } from '../journal/ports.ts';
import { textHash } from '../numbers/text-hash.ts';
import { CONSENT_REASON } from '../privacy/consent.ts';
import type { LoadedUser, UsersStore } from '../profile/ports.ts';
import { allowsPersonalisation } from '../profile/stored-profile.ts';
import type { Decision, DecisionStore } from '../recommend/ports.ts';
import type { Action } from './actions.ts';
import { nothingToOptimize, type Optimizations, optimizationsOf } from './optimizations.ts';
import { recentActions } from './recent-actions.ts';

export type WorkflowPorts = {
  readonly users: UsersStore;
  readonly journal: Pick<JournalStore, 'pages'>;
  readonly decisions: DecisionStore;
  /** Told when a trace could not be written: its loss is never the caller's fault. */
  readonly traceLost: (error: unknown) => void;
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

/** What is kept of the decision: the first few of each list; deflated below 1 KB. */
const traceOf = (found: Optimizations, basis: Basis) => ({
  context: 'workflow-optimizations',
  source: 'computed',
  actions: basis.actions,
  sequences: found.sequences.slice(0, TRACED).map(({ sequence, support }) => [sequence, support]),
  nextSteps: found.nextSteps.slice(0, TRACED).map(({ action, probability }) => [action, probability]),
  bestHours: found.bestHours.map(({ hour, score }) => [hour, score]),
  shortcuts: found.shortcuts.slice(0, TRACED).map(({ from, to, support }) => [from, to, support]),
});

type Traced = ReturnType<typeof traceOf>;

const keep = async ({ decisions, traceLost }: WorkflowPorts, decision: Decision<Traced>): Promise<void> => {
  try {
    await decisions.put(decision);
  } catch (error) {
    traceLost(error);
  }
};

/** The id of this decision: that of the last one where it says the same, else a new one, whose trace is kept. */
const decisionIdOf = async (
  ports: WorkflowPorts,
  { userId, now, newId }: WorkflowAsk,
  { trace, last }: { trace: Traced; last: Decision | undefined },
): Promise<string> => {
  if (last && JSON.stringify(last.body) === JSON.stringify(trace)) return last.decisionId;
  const decisionId = `${CONTEXT}.${newId()}`;
  await keep(ports, { decisionId, userId, decidedAt: now, body: trace });
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
  const [loaded, last] = await Promise.all([
    ports.users.load(userId, { parts: 'head', now }),
    ports.decisions.lastInContext(userId, CONTEXT, now),
  ]);
  const generatedAt = new Date(now).toISOString();
  const allowed = !loaded.profile || allowsPersonalisation(loaded.profile);
  const actions = allowed ? await actionsOfUser(ports, userId, loaded) : [];
  const basis = basisOf(actions);
  if (actions.length === 0) {
    const nothing = nothingToOptimize(allowed ? UNKNOWN : CONSENT_REASON);
    const decisionId = `${CONTEXT}.${ask.newId()}`;
    return { ...nothing, userId, timezone: 'UTC', basis, decisionId, generatedAt, source: 'fallback' };
  }
  const timezone = loaded.profile?.timezone ?? 'UTC';
  const found = optimizationsOf(actions, timezone);
  const decisionId = await decisionIdOf(ports, ask, { trace: traceOf(found, basis), last });
  return { ...found, userId, timezone, basis, decisionId, generatedAt, source: 'computed' };
};
