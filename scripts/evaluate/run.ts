import { openKernels } from '../../adapters/kernels/kernels.ts';
import { type AuditFigures, auditFigures, makeAudit } from '../../core/learn/evaluate/audit.ts';
import { evaluateScorer, scoreBufferLength } from '../../core/learn/evaluate/evaluate-scorer.ts';
import type { MetricKey } from '../../core/learn/evaluate/metrics.ts';
import type { TrainingContext } from '../../core/learn/models/model.ts';
import { interactionsByItem } from '../../core/learn/models/popular.ts';
import type { Kernels } from '../../core/numbers/kernels.ts';
import { activityGroups } from './activity-groups.ts';
import type { Skipped } from './bad-input.ts';
import { type Chosen, chooseParams } from './choose-params.ts';
import { askedCases, secondsSince } from './figures.ts';
import { checkParams, modelNamed, type NamedModel } from './model-params.ts';
import type { EvaluateOptions } from './options.ts';
import { type PredictTimes, predictTimes } from './predict-times.ts';
import { type Prepared, prepare } from './prepare.ts';
import { readGroups } from './read-groups.ts';

/** What the command prints. */
export type Report = {
  model: string;
  params: Record<string, unknown>;
  protocol: string;
  seed: number;
  kernels: { name: string; threads: number };
  users: number;
  items: number;
  interactions: number;
  /** Users (or predictions, under sessions) that were asked. */
  cases: number;
  /** Users of the test file without negatives, where negatives are given. */
  notAsked?: number;
  metrics: Record<MetricKey, number> & AuditFigures;
  chosen?: Chosen;
  trainSeconds: number;
  evaluateSeconds: number;
  predictMicros: PredictTimes;
  peakRssMb: number;
  skipped: Record<string, Skipped>;
};

export type Progress = (phase: string, done: number, total: number) => void;

const SCORE_BUFFER_BYTES = 64e6;

/** Runs one evaluation; throws `BadInput` for what the caller can mend. */
export function evaluate(options: EvaluateOptions, onProgress: Progress): Report {
  const model = modelNamed(options.model);
  checkParams(model, options.params);
  onProgress('reading', 0, 1);
  const prepared = prepare(options);
  const kernels = openKernels({ threads: options.threads, memoryBytes: options.memoryBytes });
  try {
    return measure({ model, options, prepared, kernels, onProgress });
  } finally {
    kernels.close();
  }
}

type Run = {
  model: NamedModel;
  options: EvaluateOptions;
  prepared: Prepared;
  kernels: Kernels;
  onProgress: Progress;
};

function measure(run: Run): Report {
  const { model, options, prepared, kernels, onProgress } = run;
  const { train, cases, sequences } = prepared.experiment;
  const items = train.items.length;
  const context: TrainingContext = {
    kernels,
    seed: options.seed,
    catalog: prepared.catalog,
    memoryBytes: options.memoryBytes,
    sequences,
    onProgress,
  };
  const buffer = kernels.f32(scoreBufferLength(items, Math.min(SCORE_BUFFER_BYTES, options.memoryBytes / 8)));
  const { params, chosen } = chooseParams({ model, options, prepared, context, buffer });
  const started = performance.now();
  const scorer = model.train(train, params, context);
  const trainSeconds = secondsSince(started);
  const evaluated = performance.now();
  const audit = makeAudit(interactionsByItem(train), train.users.length);
  const metrics = evaluateScorer(scorer, cases, {
    items,
    cutOffs: options.cutOffs,
    buffer,
    audit: { sums: audit, groupOf: groupsFor(options, prepared) },
    onProgress: (done, total) => onProgress('evaluating', done, total),
  });
  return {
    model: model.name,
    params,
    protocol: prepared.protocol,
    seed: options.seed,
    kernels: { name: kernels.name, threads: kernels.threads },
    users: usersIn(run),
    items,
    interactions: sequences?.size ?? train.size,
    cases: askedCases(cases),
    notAsked: prepared.notAsked,
    metrics: rounded({ ...metrics, ...auditFigures(audit) }),
    chosen,
    trainSeconds,
    evaluateSeconds: secondsSince(evaluated),
    predictMicros: predictTimes(scorer, cases, { items, depth: Math.max(...options.cutOffs) }),
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
    skipped: prepared.skipped,
  };
}

function groupsFor(
  { groups }: EvaluateOptions,
  { experiment }: Prepared,
): (number: number) => string | undefined {
  if (groups === undefined) return activityGroups(experiment.cases);
  const named = readGroups(groups);
  return (number) => {
    const user = experiment.cases.histories[number]!.user;
    return user === undefined ? undefined : named.get(experiment.train.users[user]!);
  };
}

function usersIn({ prepared }: Run): number {
  const { userStart } = prepared.experiment.train;
  let users = 0;
  for (let user = 0; user + 1 < userStart.length; user++)
    if (userStart[user + 1]! > userStart[user]!) users += 1;
  return users;
}

/** Six decimals of every number in it. */
function rounded<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_, part) => (typeof part === 'number' ? Number(part.toFixed(6)) : part)),
  );
}
