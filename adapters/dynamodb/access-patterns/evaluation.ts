import type { Announced } from '../../../core/experiments/announcements/types.ts';
import type { Evaluation, PastEvaluation } from '../../../core/experiments/evaluation/types.ts';
import {
  ANNOUNCED_PARTITION,
  ANNOUNCED_SORT,
  announcedFromItem,
  announcedKey,
  announcedToItem,
} from '../entities/announced.ts';
import {
  evaluationFromItem,
  evaluationKey,
  evaluationToItem,
  PAST_RESULTS_SORT,
  pastEvaluationFromItem,
  pastEvaluationToItem,
} from '../entities/evaluation.ts';
import { linePartition } from '../entities/outcome.ts';
import { type Item, isLive } from '../keys.ts';
import { getItem, queryAll, queryParts } from '../read-items.ts';
import { NOT_THERE, putItem } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

const BEGINS = 'PK = :partition AND begins_with(SK, :prefix)';

export const keepEvaluation = accessPattern(
  {
    name: 'keepEvaluation',
    question: 'Keep what was counted of this round of an experiment',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = EXPERIMENT#<line>, SK = RESULTS',
    consistency: '-',
    guard: 'nothing counted later is there',
  },
  async (call, line: string, evaluation: Evaluation): Promise<void> => {
    await putItem(call, evaluationToItem(line, evaluation), {
      expression: 'attribute_not_exists(evaluatedAt) OR evaluatedAt <= :evaluatedAt',
      values: { ':evaluatedAt': evaluation.evaluatedAt },
    });
  },
);

export const readEvaluation = accessPattern(
  {
    name: 'readEvaluation',
    question: 'What was counted last of this round of an experiment?',
    operation: 'GetItem',
    index: 'table',
    key: 'PK = EXPERIMENT#<line>, SK = RESULTS',
    consistency: 'strong',
    guard: '-',
  },
  async (call, line: string): Promise<Evaluation | undefined> => {
    const item = await getItem(call, evaluationKey(line), true);
    return item && evaluationFromItem(item);
  },
);

export const notePastEvaluation = accessPattern(
  {
    name: 'notePastEvaluation',
    question: 'Remember the verdict of this hour',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = EXPERIMENT#<line>, SK = RESULTS#<hour>',
    consistency: '-',
    guard: 'expires after 90 days',
  },
  async (call, line: string, past: PastEvaluation): Promise<void> => {
    await putItem(call, pastEvaluationToItem(line, past));
  },
);

export const readPastEvaluations = accessPattern(
  {
    name: 'readPastEvaluations',
    question: 'How did the verdict come about, hour by hour?',
    operation: 'Query',
    index: 'table',
    key: 'PK = EXPERIMENT#<line>, SK begins with RESULTS#, newest first',
    consistency: 'eventual',
    guard: '-',
  },
  async (call, line: string, limit: number, now: number): Promise<PastEvaluation[]> => {
    const values = { ':partition': linePartition(line), ':prefix': PAST_RESULTS_SORT };
    const found: Item[] = [];
    for await (const part of queryParts(call, { where: BEGINS, values, newestFirst: true, limit })) {
      found.push(...part.filter((item) => isLive(item, now)));
      if (found.length >= limit) break;
    }
    return found.slice(0, limit).map(pastEvaluationFromItem);
  },
);

export const noteAnnounced = accessPattern(
  {
    name: 'noteAnnounced',
    question: 'Note how far the events of this experiment were told',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = EXPERIMENTS, SK = ANNOUNCED#<experimentId>',
    consistency: '-',
    guard: 'nobody noted it since it was read',
  },
  (
    call,
    experimentId: string,
    announced: Announced,
    { expectedRev, now }: { readonly expectedRev: number; readonly now: number },
  ): Promise<boolean> =>
    putItem(
      call,
      announcedToItem(experimentId, announced, now),
      expectedRev === 0 ? NOT_THERE : { expression: 'rev = :rev', values: { ':rev': expectedRev } },
    ),
);

export const readAnnounced = accessPattern(
  {
    name: 'readAnnounced',
    question: 'How far were the events of this experiment told?',
    operation: 'GetItem',
    index: 'table',
    key: 'PK = EXPERIMENTS, SK = ANNOUNCED#<experimentId>',
    consistency: 'strong',
    guard: '-',
  },
  async (call, experimentId: string): Promise<Announced | undefined> => {
    const item = await getItem(call, announcedKey(experimentId), true);
    return item && announcedFromItem(item);
  },
);

export const readAllAnnounced = accessPattern(
  {
    name: 'readAllAnnounced',
    question: 'How far were the events of every experiment told?',
    operation: 'Query',
    index: 'table',
    key: 'PK = EXPERIMENTS, SK begins with ANNOUNCED#',
    consistency: 'strong',
    guard: '-',
  },
  (call): Promise<Item[]> => {
    const values = { ':partition': ANNOUNCED_PARTITION, ':prefix': ANNOUNCED_SORT };
    return queryAll(call, { where: BEGINS, values, consistent: true });
  },
);
