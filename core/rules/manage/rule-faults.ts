import type { FieldError } from '../../errors.ts';
import { conditionFaults } from '../conditions/check-condition.ts';
import { escapedKey } from '../conditions/paths.ts';
import { readsOf } from '../conditions/reads-of.ts';
import { scheduleFaults } from '../evaluate/schedule.ts';
import type { RuleBody } from '../types.ts';

/** Of one rule as JSON in UTF-8: a page of 100 of them fits what a function may answer. */
const MOST_BYTES = 16_384;

const encoder = new TextEncoder();

const reads = (condition: unknown, variable: string): boolean =>
  readsOf(condition).some(
    (path) => path === 'experiments' || path === variable || path.startsWith(`${variable}.`),
  );

const experimentFaults = (
  { experimentKey, condition }: RuleBody,
  experimentKeys: ReadonlySet<string>,
): FieldError[] => {
  const path = 'experimentKey';
  if (experimentKey === undefined) return [];
  if (!experimentKeys.has(experimentKey)) {
    return [{ path, message: `there is no experiment with the key "${experimentKey}"` }];
  }
  const variable = `experiments.${escapedKey(experimentKey)}`;
  if (!reads(condition, variable)) return [];
  const message = `the condition asks for ${variable}, the arm of the experiment that decides whether this rule acts: the rule would depend on itself`;
  return [{ path, message }];
};

const sizeFaults = (body: RuleBody): FieldError[] =>
  encoder.encode(JSON.stringify(body)).length > MOST_BYTES
    ? [{ path: 'rule', message: `must be at most ${MOST_BYTES} bytes of JSON in all` }]
    : [];

/**
 * What is wrong with a rule that fits its schema: the condition, a schedule that ends before it begins, an experiment that does not
 * exist or by which the rule depends on itself, its size.
 * @param experimentKeys of all experiments that there are
 */
export const ruleFaults = (body: RuleBody, experimentKeys: ReadonlySet<string>): FieldError[] => {
  const ofCondition = conditionFaults(body.condition, 'condition');
  // What a faulty condition reads, or how long its JSON is, is not asked: it may be too deep for that.
  const ofWhole =
    ofCondition.length > 0 ? [] : [...experimentFaults(body, experimentKeys), ...sizeFaults(body)];
  return [...ofCondition, ...scheduleFaults(body.schedule ?? {}, 'schedule'), ...ofWhole];
};
