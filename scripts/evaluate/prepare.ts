import type { CatalogItem } from '../../core/catalog/types.ts';
import { type Dataset, datasetOfColumns } from '../../core/learn/data/dataset.ts';
import { sequencesOfColumns } from '../../core/learn/data/sequences.ts';
import type { Experiment } from '../../core/learn/evaluate/experiment.ts';
import { sessionCases } from '../../core/learn/evaluate/session-cases.ts';
import { askGiven, leaveLatestOut, splitByTime, usersWith } from '../../core/learn/evaluate/splits.ts';
import { splitSessions, type ValidationPlan } from '../../core/learn/evaluate/validation.ts';
import { numberOf } from '../../core/numbers/string-table.ts';
import { BadInput, type Skipped } from './bad-input.ts';
import type { EvaluateOptions } from './options.ts';
import { type Interactions, readInteractions, toMilliseconds } from './read-interactions.ts';
import { readItems } from './read-items.ts';
import { type Negatives, readNegatives } from './read-negatives.ts';

/** Everything that the files say: what is trained on, what is asked, and how a validation split is to be cut. */
export type Prepared = {
  experiment: Experiment;
  catalog: readonly CatalogItem[];
  plan: ValidationPlan;
  protocol: string;
  /** Users of the test file that are not asked, because no negatives are given for them. */
  notAsked?: number;
  skipped: Record<string, Skipped>;
};

/** Users whose test items must come after their training items for the test to count as later. */
const MOSTLY = 0.9;
/** A test with this many items per user on average asks for one item each. */
const ABOUT_ONE = 1.05;
const DEFAULT_SESSION_SHARE = 0.8;
/** A validation split holds back at least and at most this share. */
const SHARES = { least: 0.02, most: 0.3 };

type Files = { train: Interactions; test?: Interactions; negatives?: Negatives };

/** Reads the files and cuts the test; throws `BadInput`, also where nobody is left to be asked. */
export function prepare(options: EvaluateOptions): Prepared {
  const { useValues } = options;
  const train = readInteractions(options.train, { useValues });
  const test = options.test === undefined ? undefined : readInteractions(options.test, { useValues });
  toMilliseconds(test === undefined ? [train] : [train, test]);
  const negatives = options.negatives === undefined ? undefined : readNegatives(options.negatives);
  const items = options.items === undefined ? undefined : readItems(options.items);
  for (const { itemId } of items?.catalog ?? []) numberOf(train.rows.items, itemId);
  const prepared = (options.sessions ? prepareSessions : prepareUsers)({ train, test, negatives }, options);
  if (prepared.experiment.cases.histories.length === 0) {
    throw new BadInput(
      `${options.test ?? options.train}: nobody is left to be asked under ${prepared.protocol}`,
    );
  }
  return {
    ...prepared,
    catalog: items?.catalog ?? [],
    skipped: {
      train: train.skipped,
      ...(test && { test: test.skipped }),
      ...(negatives && { negatives: negatives.skipped }),
      ...(items && { items: items.skipped }),
    },
  };
}

type Cut = Pick<Prepared, 'experiment' | 'plan' | 'protocol' | 'notAsked'>;

function prepareSessions({ train, test }: Files, { split, seed }: EvaluateOptions): Cut {
  if (split?.kind === 'leave-last-out')
    throw new BadInput('--protocol sessions is split by time: --split time:SHARE');
  const whole = datasetOfColumns(train.rows);
  const sequences = sequencesOfColumns(train.rows);
  const plan = (share: number): ValidationPlan => ({
    kind: 'sessions',
    share: within(share),
    byTime: true,
    seed,
  });
  if (test === undefined) {
    const share = 1 - (split?.share ?? DEFAULT_SESSION_SHARE);
    const experiment = splitSessions(whole, sequences, { share, most: Number.POSITIVE_INFINITY });
    return { experiment, plan: plan(share), protocol: `sessions, the latest ${percent(share)} of them` };
  }
  const held = sequencesOfColumns(test.rows);
  const numbers = Int32Array.from(held.items, (name) => {
    const item = whole.itemIndex.get(name) ?? -1;
    return item >= 0 && whole.itemStart[item + 1]! > whole.itemStart[item]! ? item : -1;
  });
  return {
    experiment: { train: whole, sequences, cases: sessionCases(held, numbers) },
    plan: plan(held.names.length / (held.names.length + whole.users.length)),
    protocol: 'sessions of the test file',
  };
}

function prepareUsers({ train, test, negatives }: Files, { split, seed }: EvaluateOptions): Cut {
  const whole = datasetOfColumns(train.rows);
  if (test !== undefined) {
    const held = datasetOfColumns(test.rows);
    const experiment = askGiven(whole, { test: held, candidates: negatives?.byUser });
    return {
      experiment,
      notAsked: negatives && held.users.length - experiment.cases.histories.length,
      plan: { ...planFor(whole, held, isLater(train, test)), candidates: usualSize(negatives), seed },
      protocol: negatives === undefined ? 'test file, full ranking' : 'test file, given negatives',
    };
  }
  if (split?.kind === 'time') {
    return {
      experiment: splitByTime(whole, split.share),
      plan: { kind: 'time', share: within(1 - split.share), byTime: true, seed },
      protocol: `the latest ${percent(1 - split.share)} of all interactions, full ranking`,
    };
  }
  return {
    experiment: leaveLatestOut(whole, usersWith(whole, 2)),
    plan: { kind: 'latest', share: 0, byTime: true, seed },
    protocol: "each user's last item, full ranking",
  };
}

/** One test item per user asks for one; several for the same share of what a user has. */
function planFor(train: Dataset, test: Dataset, later: boolean): Omit<ValidationPlan, 'seed'> {
  if (test.size <= ABOUT_ONE * test.users.length) {
    return later ? { kind: 'latest', share: 0, byTime: true } : { kind: 'share', share: 0, byTime: false };
  }
  return { kind: 'share', share: within(test.size / (test.size + train.size)), byTime: later };
}

/** Whether almost all users' test rows follow their training rows; a test without a clock follows a training that has one. */
function isLater(train: Interactions, test: Interactions): boolean {
  if (train.clock === 'row') return false;
  if (test.clock !== train.clock) return true;
  const latest = new Map<string, number>();
  const { columns, users } = train.rows;
  for (let row = 0; row < columns.size; row++) {
    const name = users.names[columns.user[row]!]!;
    const at = columns.at[row]!;
    if (!(latest.get(name)! >= at)) latest.set(name, at);
  }
  let compared = 0;
  let later = 0;
  for (let row = 0; row < test.rows.columns.size; row++) {
    const last = latest.get(test.rows.users.names[test.rows.columns.user[row]!]!);
    if (last === undefined) continue;
    compared += 1;
    if (test.rows.columns.at[row]! >= last) later += 1;
  }
  return compared > 0 && later >= MOSTLY * compared;
}

function usualSize(negatives: Negatives | undefined): number | undefined {
  if (negatives === undefined) return undefined;
  const sizes = Int32Array.from(negatives.byUser.values(), (items) => items.length).sort();
  return sizes[sizes.length >> 1];
}

function within(share: number): number {
  return Math.min(SHARES.most, Math.max(SHARES.least, share));
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(2))}%`;
}
