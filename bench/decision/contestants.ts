import { GrowthBookClient } from '@growthbook/growthbook';
import { LogicEngine } from 'json-logic-engine';
import { Engine } from 'json-rules-engine';
import { conditionEngine } from '../../adapters/conditions/condition-engine.ts';
import { applyRules } from '../../core/rules/apply/apply-rules.ts';
import { pickData } from '../../core/rules/conditions/pick-data.ts';
import { compileRules } from '../../core/rules/evaluate/compile-rules.ts';
import { evaluateRules } from '../../core/rules/evaluate/evaluate-rules.ts';
import type { AppliedRule, RuleAsk } from '../../core/rules/types.ts';
import { wholeDecision } from './whole-decision.ts';
import { type Clauses, conditionOf, type Facts, plainDefaults, ruleSetOf, valuesOf } from './world.ts';

/** Somebody who decides which rules a user meets. */
export type Contestant = {
  readonly name: string;
  /** One decision; what it answers is looked at by `matched` only. */
  readonly decide: (user: Facts) => unknown;
  /** Numbers of the rules that it found met, ascending. */
  readonly matched: (decided: unknown) => number[];
};

const numberOf = (ruleId: string): number => Number(ruleId.slice('rule-'.length));
const ascending = (numbers: number[]): number[] => numbers.sort((a, b) => a - b);
const whereTrue = (met: readonly unknown[]): number[] => met.flatMap((one, n) => (one === true ? [n] : []));

const dataOf = ({ engagementLevel, segments, plan }: Facts) => ({
  user: { engagementLevel, attributes: { plan } },
  segments,
});

const askOf = (user: Facts, data: RuleAsk['data']): RuleAsk => ({
  userId: user.userId,
  context: 'dashboard',
  now: 0,
  timezone: 'UTC',
  data,
  arms: new Map(),
  holdouts: true,
});

const appliedNumbers = (decided: unknown): number[] =>
  ascending((decided as { applied: AppliedRule[] }).applied.map(({ ruleId }) => numberOf(ruleId)));

/** Conditions, conflicts, merge and reasons. */
const rules = (clauses: readonly Clauses[]): Contestant => {
  const set = compileRules(ruleSetOf(clauses), conditionEngine());
  return {
    name: 'Attune: conditions, conflicts, merge and reasons',
    decide: (user) => {
      const values = valuesOf(user);
      const data = pickData(set.reads, (path) => values[path]);
      const { applied } = evaluateRules(set, askOf(user, data));
      return applyRules(plainDefaults, applied, []);
    },
    matched: appliedNumbers,
  };
};

/** The same with the defaults from behaviour below it: what an endpoint decides. */
const whole = (clauses: readonly Clauses[]): Contestant => ({
  name: 'Attune: the whole decision with defaults from behaviour',
  decide: wholeDecision(clauses),
  matched: appliedNumbers,
});

/** Nothing but the conditions: what no engine on top of it can be faster than. */
const floor = (clauses: readonly Clauses[]): Contestant => {
  const engine = new LogicEngine();
  const conditions = clauses.map((each) => engine.build(conditionOf(each)));
  return {
    name: 'json-logic-engine, compiled: conditions alone',
    decide: (user) => {
      const data = dataOf(user);
      return conditions.map((condition) => condition(data));
    },
    matched: (decided) => whereTrue(decided as unknown[]),
  };
};

/** A feature for each rule, asked one after the other for one user, as on a server. */
const growthBook = (clauses: readonly Clauses[]): Contestant => {
  const features = Object.fromEntries(
    clauses.map(({ level, segment, plan }, n) => [
      `rule-${n}`,
      {
        defaultValue: false,
        rules: [
          {
            condition: {
              engagementLevel: { $gte: level },
              segments: { $elemMatch: { $eq: segment } },
              plan,
            },
            force: true,
          },
        ],
      },
    ]),
  );
  const client = new GrowthBookClient().initSync({ payload: { features } });
  const keys = Object.keys(features);
  return {
    name: 'GrowthBook SDK: conditions alone',
    decide: ({ userId, engagementLevel, segments, plan }) => {
      const scoped = client.createScopedInstance({
        attributes: { id: userId, engagementLevel, segments, plan },
      });
      return keys.map((key) => scoped.isOn(key));
    },
    matched: (decided) => whereTrue(decided as unknown[]),
  };
};

const jsonRulesEngine = (clauses: readonly Clauses[]): Contestant => {
  const engine = new Engine();
  for (const [n, { level, segment, plan }] of clauses.entries()) {
    engine.addRule({
      conditions: {
        all: [
          { fact: 'engagementLevel', operator: 'greaterThanInclusive', value: level },
          { fact: 'segments', operator: 'contains', value: segment },
          { fact: 'plan', operator: 'equal', value: plan },
        ],
      },
      event: { type: `rule-${n}` },
    });
  }
  return {
    name: 'json-rules-engine: conditions alone',
    decide: ({ engagementLevel, segments, plan }) => engine.run({ engagementLevel, segments, plan }),
    matched: (decided) =>
      ascending((decided as { events: { type: string }[] }).events.map(({ type }) => numberOf(type))),
  };
};

export const contestants = (clauses: readonly Clauses[]): Contestant[] => [
  rules(clauses),
  whole(clauses),
  floor(clauses),
  growthBook(clauses),
  jsonRulesEngine(clauses),
];
