/**
 * How long one answer takes, on a made clickstream (repeats, habits, drifting popularity): `session-knn` and `sequential` scoring of
 * one session or user over the whole catalogue, and `hybrid` scoring and ranking 500 candidates. Percentiles of one answer at a time
 * on one thread, after warming up; each question is asked three times and the quickest counts, since other work on the machine interrupts. Beside them HR@20 and MRR@20 of `session-knn` and `popular` on the
 * latest sessions.
 * Usage: node bench/answers.ts [sessions=100000] [items=12000]
 */
import type { CatalogItem } from '../core/catalog/types.ts';
import { datasetOfColumns, type NumberedRows } from '../core/learn/data/dataset.ts';
import { makeRoom, makeRowColumns } from '../core/learn/data/row-columns.ts';
import { sequencesOfColumns } from '../core/learn/data/sequences.ts';
import { evaluateScorer } from '../core/learn/evaluate/evaluate-scorer.ts';
import { splitSessions } from '../core/learn/evaluate/validation.ts';
import { hybridModel } from '../core/learn/models/hybrid/hybrid.ts';
import { HYBRID_DEFAULTS } from '../core/learn/models/hybrid/hybrid-params.ts';
import type { History, Scorer, TrainingContext } from '../core/learn/models/model.ts';
import { popularModel } from '../core/learn/models/popular.ts';
import { sequentialModel } from '../core/learn/models/sequential.ts';
import { sessionKnnModel } from '../core/learn/models/session-knn/session-knn.ts';
import { plainKernels } from '../core/numbers/plain-kernels.ts';
import { seededRandom } from '../core/numbers/seeded-random.ts';
import { makeStringTable, numberOf } from '../core/numbers/string-table.ts';
import { clear, makeTopK, offer, sortBestFirst } from '../core/numbers/top-k.ts';
import { clickstream } from './answers/clickstream.ts';

const DAYS = 30;
const TEST_SESSIONS = 3000;
const ANSWERS = 4000;
const WARM_UP = 1500;
const ASKED = 3;
const CANDIDATES = 500;
const TAGS_PER_CATEGORY = 40;

function main(sessions: number, items: number): void {
  const rows = numbered(sessions, items);
  const { train, sequences, cases } = splitSessions(datasetOfColumns(rows), sequencesOfColumns(rows), {
    share: TEST_SESSIONS / sessions,
    most: TEST_SESSIONS,
  });
  const context: TrainingContext = {
    kernels: plainKernels(1e9),
    seed: 1,
    memoryBytes: 1e9,
    catalog: catalogOf(train.items),
    sequences,
  };
  console.log(`${sequences!.size} clicks, ${sessions} sessions, ${train.items.length} items`);
  const sessionKnn = sessionKnnModel.train(train, sessionKnnModel.defaults, context);
  const options = {
    items: train.items.length,
    cutOffs: [20],
    buffer: new Float32Array(64 * train.items.length),
  };
  for (const [name, scorer] of [
    ['session-knn', sessionKnn],
    ['popular', popularModel.train(train, {}, context)],
  ] as const) {
    const { 'hr@20': hitRate, 'mrr@20': reciprocal } = evaluateScorer(scorer, cases, options);
    console.log(`${name}: HR@20 ${hitRate!.toFixed(3)}, MRR@20 ${reciprocal!.toFixed(3)}`);
  }
  const timed = { histories: cases.histories, items: train.items.length };
  printTimes('session-knn', timesOf(sessionKnn, timed));
  printTimes('sequential', timesOf(sequentialModel.train(train, sequentialModel.defaults, context), timed));
  const hybrid = hybridModel.train(train, HYBRID_DEFAULTS, context);
  printTimes(
    `hybrid, ${CANDIDATES} candidates ranked`,
    timesOf(hybrid, { ...timed, candidates: CANDIDATES }),
  );
}

function numbered(sessions: number, items: number): NumberedRows {
  const rows: NumberedRows = {
    columns: makeRowColumns(),
    users: makeStringTable(),
    items: makeStringTable(),
  };
  const { columns } = rows;
  for (const { session, item, at } of clickstream({ sessions, items, days: DAYS, seed: 1 })) {
    makeRoom(columns);
    const row = columns.size++;
    columns.user[row] = numberOf(rows.users, `s${session}`);
    columns.item[row] = numberOf(rows.items, `i${item}`);
    columns.weight[row] = 1;
    columns.at[row] = at;
  }
  return rows;
}

function catalogOf(items: readonly string[]): CatalogItem[] {
  return items.map((itemId) => ({
    itemId,
    type: 'product',
    title: '',
    tags: [`c${Math.floor(Number(itemId.slice(1)) / TAGS_PER_CATEGORY)}`, `t${Number(itemId.slice(1)) % 97}`],
    topics: [],
    genres: [],
    skills: [],
    attributes: {},
    updatedAt: '',
  }));
}

type Timed = { histories: readonly History[]; items: number; candidates?: number };

/** Milliseconds of single answers, sorted. */
function timesOf(scorer: Scorer, { histories, items, candidates = 0 }: Timed): Float64Array {
  const random = seededRandom(2);
  const row = new Float32Array(items);
  const best = makeTopK(20);
  const offered = Int32Array.from({ length: candidates }, () => Math.floor(random() * items));
  const answer = (history: readonly History[]): number => {
    const started = performance.now();
    scorer.score(history, row);
    clear(best);
    for (const item of offered) offer(best, item, row[item]!);
    sortBestFirst(best);
    return performance.now() - started;
  };
  const times = Array.from({ length: WARM_UP + ANSWERS }, () => {
    const history = [histories[Math.floor(random() * histories.length)]!];
    return Math.min(...Array.from({ length: ASKED }, () => answer(history)));
  });
  return Float64Array.from(times.slice(WARM_UP)).sort();
}

function printTimes(name: string, times: Float64Array): void {
  const at = (share: number) => times[Math.floor(share * (times.length - 1))]!.toFixed(3);
  console.log(`${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
}

main(Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 12_000));
