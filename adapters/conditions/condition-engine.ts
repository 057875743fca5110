import { defaultMethods, LogicEngine } from 'json-logic-engine';
import { OPERATORS, operationOf } from '../../core/rules/conditions/operators.ts';
import type { Check, ConditionEngine, Json, RuleData } from '../../core/rules/types.ts';
import { allOfSome, parenthesised } from './mended-methods.ts';
import { plainMethods } from './plain-methods.ts';

/** JsonLogic's truthiness (https://jsonlogic.com/truthy.html): JavaScript's, but an empty list is false. */
const isTrue = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));

/** The operators of `core/rules/conditions/operators.ts` and nothing else, not even what an object inherits. */
const safeMethods = (): Record<string, unknown> => {
  const theirs = defaultMethods as Record<string, unknown>;
  const all: Record<string, unknown> = { ...theirs, ...plainMethods, all: allOfSome(theirs.all) };
  return Object.assign(
    Object.create(null),
    Object.fromEntries(Object.keys(OPERATORS).map((operator) => [operator, parenthesised(all[operator])])),
  );
};

/**
 * The same with every operator's arguments in a list and an end to every `if`: the engine compiles these, and interprets
 * the short forms, slower and with other answers in corners.
 */
const longForm = (logic: Json): Json => {
  if (Array.isArray(logic)) return logic.map(longForm);
  const operation = operationOf(logic);
  if (operation === undefined) return logic;
  const args = (operation.args as readonly Json[]).map(longForm);
  return { [operation.operator]: operation.operator === 'if' && args.length === 2 ? [...args, null] : args };
};

const neverComputed: Check = () => undefined;

const guarded =
  (run: (data: RuleData) => unknown): Check =>
  (data) => {
    try {
      return isTrue(run(data));
    } catch {
      return undefined;
    }
  };

/**
 * The JsonLogic engine of conditions, on json-logic-engine: `compile` makes a JavaScript function of a checked condition. A
 * condition that cannot be computed, whatever the data, compiles to one that says so.
 */
export const conditionEngine = (): ConditionEngine => {
  // Constants are computed by the same source as everything else, not by the engine's interpreter, which differs in corners.
  const engine = new LogicEngine(undefined, { disableInline: true });
  engine.methods = safeMethods();
  engine.truthy = isTrue;
  return {
    compile: (condition: Json): Check => {
      try {
        return guarded(engine.build(longForm(condition)) as (data: RuleData) => unknown);
      } catch {
        return neverComputed;
      }
    },
  };
};
