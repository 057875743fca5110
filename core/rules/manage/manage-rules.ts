import {
  changeDefinition,
  createDefinition,
  deleteDefinition,
  restoreDefinition,
} from '../../definitions/change-definitions.ts';
import type { Author } from '../../definitions/change-of.ts';
import type { DefinitionKind } from '../../definitions/definition-kind.ts';
import type { DefinitionStore } from '../../definitions/ports.ts';
import { getDefinition, listVersions } from '../../definitions/read-definitions.ts';
import type { Change } from '../../definitions/types.ts';
import { Invalid } from '../../errors.ts';
import type { ExperimentBody } from '../../experiments/types.ts';
import { segmentsNamed } from '../conditions/segments-named.ts';
import { byPrecedence, positionOf, type RulePosition } from '../evaluate/precedence.ts';
import type { Rule, RuleBody } from '../types.ts';
import { ruleFaults } from './rule-faults.ts';

export type RulePorts = {
  readonly rules: DefinitionStore<RuleBody>;
  /** Asked whether the experiment exists that a rule names. */
  readonly experiments: Pick<DefinitionStore<ExperimentBody>, 'load'>;
  /** Waits before attempt number 1, 2, ... after another administrator was first. */
  readonly pause?: (attempt: number) => Promise<void>;
};

/** Rules that may be in force. */
export const MOST_RULES = 500;

/** The experiments that a rule may name: none are asked for where it names none. */
export const experimentKeys = async (
  { experiments }: RulePorts,
  body: RuleBody,
): Promise<ReadonlySet<string>> => {
  if (body.experimentKey === undefined) return new Set();
  const { defined } = await experiments.load();
  return new Set(defined.map((experiment) => experiment.body.key));
};

/** Rules as definitions: for the functions of core/definitions. */
export const ruleKind = (ports: RulePorts): DefinitionKind<RuleBody> => ({
  store: ports.rules,
  word: 'rule',
  most: MOST_RULES,
  check: async (body) => ruleFaults(body, await experimentKeys(ports, body)),
  pause: ports.pause,
});

/**
 * A new rule in force; a repeat with the same id answers the first.
 * @throws Invalid for what `ruleFaults` finds, and where 500 rules are in force
 */
export const createRule = (
  ports: RulePorts,
  rule: { readonly id: string; readonly body: RuleBody },
  by: Author,
): Promise<Rule> => createDefinition(ruleKind(ports), rule, by);

/**
 * Replaces a rule whole.
 * @param given the rule, the version that it replaces where that matters, and its id where it is said again
 * @throws NotFound, Conflict for a stale version, Invalid for what `ruleFaults` finds and for the id of another rule
 */
export const replaceRule = async (
  ports: RulePorts,
  id: string,
  given: RuleBody & { readonly version?: number; readonly ruleId?: string },
  by: Author,
): Promise<Rule> => {
  const { version, ruleId = id, ...body } = given;
  if (ruleId !== id) throw new Invalid([{ path: 'ruleId', message: `must be that of the path, "${id}"` }]);
  return changeDefinition(ruleKind(ports), { id, body, version }, by);
};

/** Takes a rule out of force. Throws `NotFound`, and `Conflict` for a stale version. */
export const deleteRule = (
  ports: RulePorts,
  { id, version }: { readonly id: string; readonly version?: number },
  by: Author,
): Promise<Change<RuleBody>> => deleteDefinition(ruleKind(ports), { id, version }, by);

/** Puts an earlier version in force again. Throws `NotFound`, and `Invalid` where it is not allowed any more. */
export const rollbackRule = (
  ports: RulePorts,
  { id, version }: { readonly id: string; readonly version: number },
  by: Author,
): Promise<Rule> => restoreDefinition(ruleKind(ports), { id, version }, by);

/** One rule. Throws `NotFound`. */
export const getRule = ({ rules }: Pick<RulePorts, 'rules'>, id: string): Promise<Rule> =>
  getDefinition({ store: rules, word: 'rule' }, id);

/** Versions of a rule, newest first, also of one that was deleted. Throws `NotFound`. */
export const listRuleVersions = (
  { rules }: Pick<RulePorts, 'rules'>,
  id: string,
  page: { readonly limit: number; readonly below?: number },
) => listVersions({ store: rules, word: 'rule' }, id, page);

export type RuleFilter = {
  readonly enabled?: boolean;
  /** Rules that are asked there: also those of every context. */
  readonly context?: string;
  /** Rules whose condition names it. */
  readonly segment?: string;
};

const fits =
  ({ enabled, context, segment }: RuleFilter) =>
  ({ body }: Rule): boolean =>
    (enabled === undefined || body.enabled === enabled) &&
    (context === undefined || body.contexts.length === 0 || body.contexts.includes(context)) &&
    (segment === undefined || segmentsNamed(body.condition).includes(segment));

/** Rules that fit a filter, those that win first; `next` continues behind the last, null at the end. */
export const listRules = async (
  { rules }: Pick<RulePorts, 'rules'>,
  filter: RuleFilter,
  { limit, after }: { readonly limit: number; readonly after?: RulePosition },
): Promise<{ readonly items: readonly Rule[]; readonly next: RulePosition | null }> => {
  const { defined } = await rules.load();
  const found = defined
    .filter(fits(filter))
    .filter((rule) => after === undefined || byPrecedence(positionOf(rule), after) > 0)
    .sort((a, b) => byPrecedence(positionOf(a), positionOf(b)));
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return { items, next: last ? positionOf(last) : null };
};
