import { readFile } from 'node:fs/promises';
import { distributions } from '../../adapters/numbers/distributions.ts';
import { compareWithOwnLog, type OwnLog } from '../../core/experiments/policy/compare-with-own-log.ts';
import { evaluatePolicy } from '../../core/experiments/policy/evaluate-policy.ts';
import type { DecisionLog, EvaluatedPolicy } from '../../core/experiments/policy/types.ts';
import { decisionLog, nameActions, policyOfLog, policyOfStated } from './columns.ts';
import { makeNames } from './names.ts';
import { type PolicyOptions, policyOptions } from './options.ts';
import { type LogNames, type LogRows, readLog } from './read-log.ts';
import { beginningOf } from './read-rows.ts';
import { statedPolicy } from './stated-policy.ts';

/** Everything that is read, as columns: `own` is the policy's log, where it is one. */
type Read = {
  readonly log: DecisionLog;
  readonly policy: EvaluatedPolicy;
  readonly own?: { readonly log: DecisionLog; readonly rows: LogRows };
};

const readStated = async (options: PolicyOptions, rows: LogRows, names: LogNames): Promise<Read> => {
  const file = options.policy;
  const stated = statedPolicy((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''), file);
  nameActions(stated, names);
  const positioned = rows.position !== undefined;
  return { log: decisionLog(rows, names), policy: policyOfStated(stated, { names, positioned, file }) };
};

const readCounted = async (options: PolicyOptions, rows: LogRows, names: LogNames): Promise<Read> => {
  const logPositions = [...names.positions.list];
  const kind = { is: 'policy', positioned: rows.position !== undefined } as const;
  const ownRows = await readLog(options.policy, { options, names, kind });
  const own = decisionLog(ownRows, names);
  return {
    log: decisionLog(rows, names),
    policy: policyOfLog(own, { logPositions, file: options.policy }),
    own: { log: own, rows: ownRows },
  };
};

const isJson = async (file: string): Promise<boolean> => /^\s*[{[]/.test(await beginningOf(file));

const leftOut = (file: string, { skipped }: LogRows): string[] =>
  skipped > 0 ? [`${skipped} rows of ${file} were left out: another number of fields than the header`] : [];

/** Numbers of a report; what cannot be said is null. */
const told = (evaluation: ReturnType<typeof evaluatePolicy>, ownLog: OwnLog | undefined) => ({
  estimates: evaluation.estimates,
  ...(ownLog && { ownLog }),
  loggingPolicy: { value: evaluation.loggedValue },
  diagnostics: evaluation.diagnostics,
});

/** What `npm run -s evaluate:policy` prints. @throws BadInput */
export const evaluatePolicyFiles = async (args: readonly string[]) => {
  const options = policyOptions(args);
  const names = { actions: makeNames(), positions: makeNames() };
  const rows = await readLog(options.log, { options, names, kind: { is: 'log' } });
  const stated = await isJson(options.policy);
  const { log, policy, own } = await (stated ? readStated : readCounted)(options, rows, names);
  const intervals = { confidence: options.confidence, distributions };
  const evaluation = evaluatePolicy(log, policy, intervals);
  const ownLog = own?.rows.hasRewards
    ? compareWithOwnLog({ log, own: own.log, policy }, intervals)
    : undefined;
  return {
    log: options.log,
    policy: options.policy,
    policyFrom: stated ? 'stated probabilities' : 'shares of actions in its own log',
    rows: evaluation.rows,
    actions: log.actionCount,
    positions: rows.position === undefined ? null : names.positions.list,
    confidence: options.confidence,
    ...told(evaluation, ownLog),
    warnings: [
      ...evaluation.warnings,
      ...leftOut(options.log, rows),
      ...(own ? leftOut(options.policy, own.rows) : []),
    ],
  };
};
