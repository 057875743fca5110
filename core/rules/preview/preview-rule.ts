import { type ConfigPorts, gatherInputs } from '../../config/decide-config.ts';
import { type ConfigSets, ruleAskOf } from '../../config/decide-from-inputs.ts';
import { configDefaults } from '../../config/defaults/config-defaults.ts';
import { settleFeatures } from '../../config/features/settle-features.ts';
import type { ConfigAsk } from '../../config/inputs.ts';
import { inputsFrom } from '../../config/inputs-from.ts';
import type { Config, ConfigDefaults, ValueReason } from '../../config/types.ts';
import { Invalid } from '../../errors.ts';
import { CONSENT_REASON } from '../../privacy/consent.ts';
import { applyRules } from '../apply/apply-rules.ts';
import { valueAt } from '../conditions/paths.ts';
import { compileRules } from '../evaluate/compile-rules.ts';
import type { CompiledRule } from '../evaluate/compiled.ts';
import { appliedRule } from '../evaluate/evaluate-rules.ts';
import { explainRule } from '../explain/explain-rules.ts';
import { experimentKeys, getRule, type RulePorts } from '../manage/manage-rules.ts';
import { ruleFaults } from '../manage/rule-faults.ts';
import type { ConditionEngine, Rule, RuleAsk, RuleBody, RuleData, RuleExplanation } from '../types.ts';
import { asConditionsSee, momentOf, zoneOf } from './preview-data.ts';

export type PreviewPorts = RulePorts &
  Pick<ConfigPorts, 'users' | 'models' | 'switches' | 'experimentSet' | 'features'> & {
    readonly engine: ConditionEngine;
  };

/** Which rule, and on what: a user as they are now, or data as conditions see them (nothing where neither is said). */
export type PreviewAsk = {
  readonly rule?: RuleBody;
  readonly ruleId?: string;
  readonly userId?: string;
  readonly context?: RuleData;
  /** ms since the epoch */
  readonly now: number;
};

export type Preview = Pick<RuleExplanation, 'verdict' | 'reason' | 'clauses'> & {
  /** Whether it acts, or would but for its holdout. */
  readonly matches: boolean;
  /** The condition in words. */
  readonly text: string;
  /** What the user would get with this rule alone. */
  readonly config: Config;
  readonly reasons: readonly ValueReason[];
};

type Scene = { readonly ask: RuleAsk; readonly defaults: ConfigDefaults; readonly isRefused: boolean };

const DRAFT = 'preview';

const definedDraft = (body: RuleBody, now: number): Rule => ({
  setVersion: 0,
  id: DRAFT,
  version: 0,
  action: 'created',
  body,
  createdAt: now,
  changedAt: now,
  changedBy: DRAFT,
  earlier: [],
});

const checkedDraft = async (ports: PreviewPorts, body: RuleBody, now: number): Promise<Rule> => {
  const faults = ruleFaults(body, await experimentKeys(ports, body));
  if (faults.length === 0) return definedDraft(body, now);
  throw new Invalid(faults.map(({ path, message }) => ({ path: `rule.${path}`, message })));
};

/** The rule as if it were enabled: a preview is for what is not yet. */
const ruleOf = async (ports: PreviewPorts, { rule, ruleId, now }: PreviewAsk): Promise<Rule> => {
  const found = rule ? await checkedDraft(ports, rule, now) : await getRule(ports, ruleId ?? '');
  return { ...found, body: { ...found.body, enabled: true } };
};

/** A place in which the rule is asked. */
const placeOf = ({ rule }: CompiledRule): string => rule.body.contexts[0] ?? DRAFT;

const userScene = async (ports: PreviewPorts, ask: ConfigAsk, sets: ConfigSets): Promise<Scene> => {
  const loaded = await ports.users.load(ask.userId, { parts: 'config', now: ask.now });
  const inputs = await gatherInputs(ports, loaded, ask, sets);
  const { ask: ruleAsk, rules } = ruleAskOf(inputs, sets);
  return {
    ask: ruleAsk,
    defaults: configDefaults(inputs, sets.features.list),
    isRefused: rules.rules.length === 0,
  };
};

/** The arms that the data name; the first variant of an experiment is its control. */
const armsIn = (data: RuleData, { experiments }: ConfigSets): RuleAsk['arms'] => {
  const arms = experiments.experiments.flatMap(({ experiment: { body } }) => {
    const variant = valueAt(data, ['experiments', body.key]);
    if (typeof variant !== 'string') return [];
    return [[body.key, { variant, isControl: variant === body.variants[0]?.key }] as const];
  });
  return new Map(arms);
};

const dataScene = (given: RuleData, ask: ConfigAsk, sets: ConfigSets): Scene => {
  const nobody = { profile: undefined, behaviour: undefined, sticky: {} };
  const inputs = inputsFrom(nobody, ask, { ...sets, abTesting: false });
  const data = asConditionsSee(given);
  return {
    ask: {
      userId: ask.userId,
      context: typeof data.context === 'string' ? data.context : ask.context,
      now: momentOf(data) ?? ask.now,
      timezone: zoneOf(data) ?? inputs.timezone,
      data,
      arms: armsIn(data, sets),
      holdouts: false,
    },
    defaults: configDefaults(inputs, sets.features.list),
    isRefused: false,
  };
};

const previewIn = ({ ask, defaults, isRefused }: Scene, compiled: CompiledRule): Preview => {
  const { verdict, reason, clauses } = explainRule(compiled, ask);
  const acts = verdict === 'applied' && !isRefused;
  const decided = applyRules(defaults, acts ? [appliedRule(compiled, ask.data)] : [], []);
  return {
    matches: acts || (verdict === 'held out' && !isRefused),
    verdict: isRefused ? 'condition not met' : verdict,
    reason: isRefused ? CONSENT_REASON : reason,
    text: compiled.condition.text,
    clauses,
    config: settleFeatures(decided),
    reasons: decided.reasons,
  };
};

/**
 * What a rule would do, alone on top of the defaults: for a user as they are now, or on given data. Writes nothing. It counts
 * as enabled, in one of its own contexts where the data name none, and at the moment that they name as `now.iso`. Holdouts are those of
 * the user; given data know none.
 * @throws NotFound for a rule that is not in force, Invalid for what `ruleFaults` finds in a given one
 */
export const previewRule = async (ports: PreviewPorts, ask: PreviewAsk): Promise<Preview> => {
  const [rule, experiments, features] = await Promise.all([
    ruleOf(ports, ask),
    ports.experimentSet(),
    ports.features(),
  ]);
  const rules = compileRules({ version: 0, defined: [rule] }, ports.engine);
  const compiled = rules.rules[0]!;
  const sets: ConfigSets = { rules, experiments, features };
  const asked = { userId: ask.userId ?? DRAFT, context: placeOf(compiled), attributes: {}, now: ask.now };
  const scene =
    ask.userId === undefined
      ? dataScene(ask.context ?? {}, asked, sets)
      : await userScene(ports, asked, sets);
  return previewIn(scene, compiled);
};
