import { newDecisionId, wholeDecisionId } from '../../decisions/decision-id.ts';
import { keepDecision, type TracePorts } from '../../decisions/keep-decision.ts';
import type { Decision } from '../../decisions/ports.ts';
import type { CompiledExperimentSet } from '../../experiments/assignment/compile-experiments.ts';
import { emptyBehaviour } from '../../profile/behaviour.ts';
import type { LoadedUser, UsersStore } from '../../profile/ports.ts';
import { newProfile } from '../../profile/stored-profile.ts';
import { segmentsOf } from '../../segments/segments-of.ts';
import { askedIn, type MatchingDefinition } from '../matching.ts';
import type { ModelStore } from '../ports.ts';
import type { SharedData } from '../shared-data.ts';
import type { RecommendRequest, RecommendResult, Strategy } from '../types.ts';
import { userSignals } from '../user-signals.ts';
import type { ArmsAsk } from './arms.ts';
import { type Computed, computeList, type Question } from './compute-list.ts';
import {
  decisionContext,
  recommendationIdOf,
  sameAsBefore,
  shorterTrace,
  traceOf,
} from './decision-trace.ts';
import type { PrecomputedEntry } from './precomputed.ts';
import { type ArmPorts, type UnderArms, underArms } from './under-arms.ts';

export type ServingPorts = TracePorts & {
  readonly users: UsersStore;
  readonly models: ModelStore;
  /** Catalogue, model in service and rankings; no round trip most of the time. */
  readonly shared: () => Promise<SharedData>;
  /** False: a precomputed list answers until the next night, whatever the user did since. Default true. */
  readonly realtime?: boolean;
  /** What arms of experiments need. */
  readonly arms: ArmPorts;
  /** Told when a trace could not be written: its loss is never the caller's fault. */
  readonly traceLost: (error: unknown) => void;
};

export type Ask = {
  readonly userId: string;
  /** Names the place that asks, e.g. `GET /recommendations` and its context: one last decision is kept for each. */
  readonly context: string;
  readonly request: RecommendRequest;
  readonly newId: () => string;
  /** Where experiments may decide how the list is made; absent: none does, and nobody is counted. */
  readonly arms?: ArmsAsk;
  /** How contents are matched with answers of the questionnaire; absent: the list does not ask for them. */
  readonly matching?: MatchingDefinition;
};

export type Decided = RecommendResult & {
  readonly decisionId: string;
  readonly generatedAt: number;
  readonly source: 'computed' | 'precomputed' | 'fallback';
  readonly shared: SharedData;
  /** The one that was asked for, or that of an arm. */
  readonly strategy: Strategy;
  /** Arms of experiments that the list was made under. */
  readonly experiments: readonly { readonly key: string; readonly variant: string }[];
  /** Id of the element at a position of this answer, counted from 0. */
  readonly recommendationId: (position: number) => string;
};

/** The list, under the arms of the user where experiments may have any. */
const answered = async (
  ports: ServingPorts,
  ask: Ask,
  question: Question,
  experiments: CompiledExperimentSet | undefined,
): Promise<UnderArms<Computed>> => {
  const { loaded, user } = question;
  if (!ask.arms || !experiments || !user.personalised) {
    return { arms: [], answer: await computeList(ports, question, []) };
  }
  const asking = { userId: ask.userId, loaded, experiments, ask: ask.arms, now: ask.request.now };
  return underArms(ports.arms, asking, (arms) => computeList(ports, question, arms));
};

/** The segments of a user at this moment: what the trace tells of them. */
const segmentsAt = ({ profile, journal }: LoadedUser, userId: string, now: number) =>
  segmentsOf(profile ?? newProfile(userId, now), journal.behaviour ?? emptyBehaviour(), now);

type Made = Question & {
  readonly ask: Ask;
  readonly place: string;
  readonly made: UnderArms<Computed>;
  readonly last: Decision | undefined;
};

const traceOfMade = ({ ask, shared, loaded, user, made: { arms, answer } }: Made) =>
  traceOf({
    context: ask.context,
    result: answer.result,
    source: answer.source,
    model: shared.model?.version ?? 0,
    segments: user.personalised ? segmentsAt(loaded, ask.userId, ask.request.now) : [],
    arms: arms.map(({ assignment: { key, variant }, line }) => [key, variant, line]),
  });

/**
 * The bare id of an answer: that of the last one in its place where it shows the same, else a new one, whose trace is written.
 * An answer to nobody leaves none.
 */
const bareIdOf = async (ports: ServingPorts, made: Made): Promise<string> => {
  const { ask, user, place, last } = made;
  const { userId, newId, request } = ask;
  const trace = traceOfMade(made);
  if (user.personalised && last && sameAsBefore(last, trace)) return last.decisionId;
  const decisionId = newDecisionId(place, request.now, newId);
  const decision = { decisionId, userId, decidedAt: request.now, body: trace };
  if (user.personalised) await keepDecision(ports, decision, shorterTrace);
  return decisionId;
};

/**
 * What a user should see, with its provenance. Round trips: the user (and, beside it, the last decision in this
 * context), the neighbours, and the trace where the answer differs from the last one. Experiments on recommendations are in
 * memory, and the user's arms come with the user: they cost a write the first time that an arm is shown.
 */
export const decide = async (ports: ServingPorts, ask: Ask): Promise<Decided> => {
  const { userId, request } = ask;
  const place = decisionContext(ask.context, request);
  const [shared, loaded, last, seal, experiments] = await Promise.all([
    ports.shared(),
    ports.users.load(userId, { parts: 'all', now: request.now }),
    ports.decisions.lastInContext(userId, place, request.now),
    ports.userSeal(),
    ask.arms && ports.arms.experimentSet(),
  ]);
  const user = userSignals(userId, loaded, request.now);
  const answers = user.personalised ? loaded.profile?.questionnaire?.data : undefined;
  const asked = ask.matching && askedIn(answers, ask.matching, request.now);
  const question = { request, shared, loaded, user, asked };
  const made = await answered(ports, ask, question, experiments);
  const bareId = await bareIdOf(ports, { ...question, ask, place, made, last });
  const decisionId = wholeDecisionId(bareId, seal.seal(userId, bareId));
  const { result, source, strategy } = made.answer;
  return {
    ...result,
    source,
    strategy,
    shared,
    decisionId,
    generatedAt: request.now,
    experiments: made.arms.map(({ assignment: { key, variant } }) => ({ key, variant })),
    recommendationId: (position) => recommendationIdOf(decisionId, position),
  };
};

export type { PrecomputedEntry };
