import { type Caller, mayActFor } from '../access/caller.ts';
import type { DeclaredFeatures } from '../config/features/declared-features.ts';
import { Forbidden, NotFound } from '../errors.ts';
import { type AssignmentTrace, isAssignmentTrace } from '../experiments/assignment/assignment-trace.ts';
import type { CompiledExperimentSet } from '../experiments/assignment/compile-experiments.ts';
import { isGenerationTrace } from '../generation/generation-trace.ts';
import { isHomepageTrace } from '../homepage/homepage-trace.ts';
import { isInsightsTrace } from '../insights/serve/insights-trace.ts';
import type { JournalStore } from '../journal/ports.ts';
import { isPathTrace } from '../learning/paths/path-trace.ts';
import type { DecisionTrace } from '../recommend/serve/decision-trace.ts';
import type { CompiledRuleSet } from '../rules/evaluate/compiled.ts';
import type { WorkflowTrace } from '../workflow/optimize-workflow.ts';
import type { ConfigTrace } from './config-trace.ts';
import type { ExplainedDecision, Explanation } from './decision-answer.ts';
import { CONFIG_ID, parseDecisionId, wholeDecisionId } from './decision-id.ts';
import { explainAssignment } from './explain-assignment.ts';
import { explainConfig } from './explain-config.ts';
import { explainGeneration } from './explain-generation.ts';
import { explainHomepage } from './explain-homepage.ts';
import { explainInsights } from './explain-insights.ts';
import { explainPath } from './explain-path.ts';
import { explainRecommendations } from './explain-recommendations.ts';
import { explainWorkflow } from './explain-workflow.ts';
import { followedBy } from './followed-by.ts';
import type { Decision, DecisionStore, UserSeal } from './ports.ts';

export type ReadDecisionPorts = {
  readonly decisions: Pick<DecisionStore, 'get'>;
  readonly userSeal: () => Promise<UserSeal>;
  readonly journal: Pick<JournalStore, 'pages'>;
  /** Sets as they were at a version; undefined where that is no longer known. */
  readonly rulesAt: (version: number) => Promise<CompiledRuleSet | undefined>;
  readonly experimentsAt: (version: number) => Promise<CompiledExperimentSet | undefined>;
  readonly features: () => Promise<DeclaredFeatures>;
  /** Titles of items that the catalogue holds. */
  readonly titles: (itemIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
};

export type DecisionQuestion = {
  /** The whole id, or the bare one where the user is named. */
  readonly decisionId: string;
  readonly caller: Caller;
  /** The user that the request is about: the caller where it names none. */
  readonly userId: string;
  /** ms since the epoch */
  readonly now: number;
};

const UNKNOWN =
  'There is no such decision, or it is older than 30 days. Where the id does not name its user, the request must';

type Named = { readonly bare: string; readonly sealed: string | undefined };

/**
 * Whose decision it is: whom the id seals, else whom the request is about. A request that names another user than the id finds
 * nothing; a user who asks for somebody else's learns no more than that.
 */
const ownerOf = (seal: UserSeal, { bare, sealed }: Named, { caller, userId }: DecisionQuestion): string => {
  if (sealed === undefined) return userId;
  const owner = seal.open(sealed, bare);
  if (owner === undefined) throw new NotFound(UNKNOWN);
  if (!mayActFor(caller, owner)) throw new Forbidden();
  if (userId !== owner && userId !== caller.sub) throw new NotFound(UNKNOWN);
  return owner;
};

const configOf = async (ports: ReadDecisionPorts, decision: Decision<ConfigTrace>): Promise<Explanation> => {
  const [ruleSetVersion, experimentSetVersion] = decision.body.s;
  const [rules, experiments, features] = await Promise.all([
    ports.rulesAt(ruleSetVersion),
    ports.experimentsAt(experimentSetVersion),
    ports.features(),
  ]);
  return explainConfig(decision, { rules, experiments, features });
};

const assignmentOf = async (
  ports: ReadDecisionPorts,
  decision: Decision<AssignmentTrace>,
): Promise<Explanation> => explainAssignment(decision, await ports.experimentsAt(decision.body.setVersion));

const explanationOf = async (
  ports: ReadDecisionPorts,
  decision: Decision,
  wholeId: string,
): Promise<Explanation> => {
  if (decision.decisionId.startsWith(CONFIG_ID)) return configOf(ports, decision as Decision<ConfigTrace>);
  if (isAssignmentTrace(decision.body)) return assignmentOf(ports, decision as Decision<AssignmentTrace>);
  if (isPathTrace(decision.body)) return explainPath(decision.body);
  if (isGenerationTrace(decision.body)) return explainGeneration(decision.body);
  if (isInsightsTrace(decision.body)) {
    const titles = await ports.titles((decision.body.items ?? []).map(([itemId]) => itemId));
    return explainInsights(decision.body, wholeId, titles);
  }
  if (isHomepageTrace(decision.body)) {
    const titles = await ports.titles(decision.body.items.map(([itemId]) => itemId));
    return explainHomepage(decision.body, wholeId, titles);
  }
  if (!Object.hasOwn(decision.body as object, 'items'))
    return explainWorkflow(decision.body as WorkflowTrace);
  const trace = decision.body as DecisionTrace;
  const titles = await ports.titles(trace.items.map(([itemId]) => itemId));
  return explainRecommendations(trace, wholeId, titles);
};

/**
 * Why a user got what they got: the trace of a decision, explained. For its user, services and administrators.
 * Throws `NotFound` for what is unknown, changed or older than 30 days, `Forbidden` for a user who asks for somebody else's.
 */
export const readDecision = async (
  ports: ReadDecisionPorts,
  question: DecisionQuestion,
): Promise<ExplainedDecision> => {
  const named = parseDecisionId(question.decisionId);
  if (!named) throw new NotFound(UNKNOWN);
  const seal = await ports.userSeal();
  const owner = ownerOf(seal, named, question);
  const decision = await ports.decisions.get(owner, named.bare, question.now);
  if (!decision) throw new NotFound(UNKNOWN);
  const decisionId = wholeDecisionId(named.bare, seal.seal(owner, named.bare));
  const [explanation, following] = await Promise.all([
    explanationOf(ports, decision, decisionId),
    followedBy(ports.journal, decision),
  ]);
  return { ...explanation, decisionId, userId: owner, decidedAt: decision.decidedAt, followedBy: following };
};
