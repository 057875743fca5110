import { BadInput } from '../evaluate/bad-input.ts';
import { parsedArgs } from '../evaluate/parsed-args.ts';
import { required } from '../evaluate-users/usage.ts';

export const policyUsage = `npm run -s evaluate:policy -- --log FILE --policy FILE [options]      prints one JSON object

What a policy would have got, from the decisions that another one made and logged.

  --log FILE         rows with a header, separated by comma, semicolon, tab or bar (detected): one decision each
  --policy FILE      the policy to evaluate, one of
                       JSON {"actions": {"<action>": probability, ...}}                  the same in every position
                       JSON {"positions": {"<position>": {"<action>": probability}}}     one for every position of the log
                       another log: the shares of its actions, by position, are the policy. Its own propensities are not averaged:
                       they are of the actions that were taken, so likely ones would count twice. Where it has rewards the
                       value that it saw is told beside the estimates, and whether they agree
  --action COL       default item_id, else action
  --reward COL       default click, else reward
  --propensity COL   probability with which the logging policy took the action; default propensity_score, else propensity or pscore
  --position COL     what both policies may depend on; default position where there is such a column
  --no-position      there is none
  --confidence P     of the intervals (default .95)

Estimates per decision: ips (inverse propensity), snips (self-normalised), dr (doubly robust; the mean reward of every action and
position with shrinkage, cross-fitted in 5 folds). Intervals are normal, by the rows' influence values, and as much wider as the
shares of a policy that was counted from a log are uncertain. See core/experiments/policy.`;

/** Names of a column: the one that was asked for, else the first of these that the file has. */
export type ColumnNames = {
  readonly option: string;
  readonly asked?: string;
  readonly usual: readonly string[];
};

export type PolicyOptions = {
  readonly log: string;
  readonly policy: string;
  readonly columns: {
    readonly action: ColumnNames;
    readonly reward: ColumnNames;
    readonly propensity: ColumnNames;
    /** Undefined: there is none, whatever the file has. */
    readonly position: ColumnNames | undefined;
  };
  readonly confidence: number;
};

const options = {
  log: { type: 'string' },
  policy: { type: 'string' },
  action: { type: 'string' },
  reward: { type: 'string' },
  propensity: { type: 'string' },
  position: { type: 'string' },
  'no-position': { type: 'boolean', default: false },
  confidence: { type: 'string', default: '0.95' },
} as const;

const shareOf = (text: string): number => {
  const value = Number(text);
  if (value > 0 && value < 1) return value;
  throw new BadInput(`--confidence must be between 0 and 1, not ${JSON.stringify(text)}`);
};

/** Reads the command line. @throws BadInput */
export const policyOptions = (args: readonly string[]): PolicyOptions => {
  const values = parsedArgs(args, options);
  const none = values['no-position'];
  if (none && values.position !== undefined) {
    throw new BadInput('--position and --no-position exclude each other');
  }
  const named = (option: 'action' | 'reward' | 'propensity' | 'position', usual: string[]) => ({
    option,
    asked: values[option],
    usual,
  });
  return {
    log: required(values.log, 'log'),
    policy: required(values.policy, 'policy'),
    columns: {
      action: named('action', ['item_id', 'action']),
      reward: named('reward', ['click', 'reward']),
      propensity: named('propensity', ['propensity_score', 'propensity', 'pscore']),
      position: none ? undefined : named('position', ['position']),
    },
    confidence: shareOf(values.confidence),
  };
};
