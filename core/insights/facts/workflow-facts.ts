import { recentActionLog } from '../../profile/fold/recent-action-log.ts';
import { type ActionLog, actionCount } from '../../workflow/action-log.ts';
import { nextActions } from '../../workflow/next-actions.ts';
import { type WorkflowPattern, workflowPatterns } from '../../workflow/workflow-patterns.ts';
import { draft, type FactDraft } from './draft.ts';
import type { KnownToFacts } from './known.ts';
import { cleaned, percentOf, plural, spoken } from './words.ts';

const PATTERNS = 3;
const NEXT = 3;
/** Out of fewer actions nothing is foretold. */
const FEWEST_ACTIONS = 5;

const then = (names: readonly string[]): string => names.map(spoken).join(', then ');

type Way = { readonly sequence: readonly string[]; readonly next: string; readonly share: number };

/** What follows a sequence or, where it ends all visits, how often its last action follows the others. */
const wayOf = ({ sequence, confidence, next, nextProbability }: WorkflowPattern): Way =>
  next === null
    ? { sequence: sequence.slice(0, -1), next: sequence.at(-1) ?? '', share: confidence }
    : { sequence, next, share: nextProbability };

const patternFacts = (log: ActionLog): FactDraft[] =>
  workflowPatterns(log, { timezone: 'UTC', count: PATTERNS }).map((pattern) => {
    const { sequence, next, share } = wayOf(pattern);
    const [way, after, percent] = [cleaned(then(sequence)), cleaned(next), percentOf(share)];
    const says = `Repeated ${plural(pattern.support, 'time')}: ${way}; then comes ${spoken(after)} (${percent} %)`;
    const numbers = { times: pattern.support, percent };
    return draft('pattern', says, { names: { sequence: way, next: after }, numbers });
  });

const nextFacts = (log: ActionLog): FactDraft[] =>
  (actionCount(log) < FEWEST_ACTIONS ? [] : nextActions(log, NEXT))
    .map(({ action, probability }) => ({ action: cleaned(action), percent: percentOf(probability) }))
    .filter(({ action, percent }) => action !== '' && percent > 0)
    .map(({ action, percent }) =>
      draft('next', `Likely next: ${spoken(action)} (${percent} %)`, {
        names: { action },
        numbers: { percent },
      }),
    );

/**
 * What is repeated and what comes next, from the few recent actions that a behaviour holds. `next` of a pattern and `action` are
 * names of actions as in sequences (core/workflow/actions.ts): a feature, else `type:contentType`.
 */
export const workflowFacts = ({ behaviour }: KnownToFacts): FactDraft[] => {
  const log = recentActionLog(behaviour);
  return [...patternFacts(log), ...nextFacts(log)];
};
