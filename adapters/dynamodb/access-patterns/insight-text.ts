import type { FailedText, StoredText, TextSlot, TextState } from '../../../core/insights/ports.ts';
import { batchDelete } from '../batches.ts';
import {
  FAILURES_KEPT_MS,
  failedToItem,
  TEXT_SORT,
  textFromItem,
  textKey,
  writtenToItem,
} from '../entities/insight-text.ts';
import { keyOf, ttlSeconds, userPartition } from '../keys.ts';
import { getItem, queryParts } from '../read-items.ts';
import { putItem, updateItemIf } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

const KEY = 'PK = USER#<userId>, SK = INSIGHTS#TEXT#<domain>#<purpose>[#<place>]';

/** Failures in a row stay: they decide how long the next one holds up. */
const ASK =
  'SET EntityType = :type, v = :v, #state = :asked, #hash = :hash, #until = :until, #ttl = :ttl REMOVE body, why';

/** Seconds of `ttl` are too coarse here: `until` is in ms, whatever the state. */
const OPEN = 'attribute_not_exists(PK) OR #until <= :now OR #hash <> :hash';

export const readText = accessPattern(
  {
    name: 'readText',
    question: 'Which text is kept in this place of the user, or is it asked for, or could it not be written?',
    operation: 'GetItem',
    index: 'table',
    key: KEY,
    consistency: 'eventual',
    guard: 'what has ended is left out',
  },
  async (call, userId: string, slot: TextSlot, now: number): Promise<TextState | undefined> => {
    const item = await getItem(call, textKey(userId, slot));
    return item && textFromItem(item, now);
  },
);

export const askForText = accessPattern(
  {
    name: 'askForText',
    question: 'Must somebody ask a model for this text now?',
    operation: 'UpdateItem',
    index: 'table',
    key: KEY,
    consistency: '-',
    guard: 'nothing there, or it has ended, or it is of other facts',
  },
  (
    call,
    userId: string,
    slot: TextSlot,
    { hash, now, until }: { hash: string; now: number; until: number },
  ): Promise<boolean> =>
    updateItemIf(call, textKey(userId, slot), ASK, {
      expression: OPEN,
      names: { '#state': 'state', '#hash': 'hash', '#until': 'until', '#ttl': 'ttl' },
      values: {
        ':type': 'InsightText',
        ':v': 1,
        ':asked': 'asked',
        ':hash': hash,
        ':until': until,
        ':now': now,
        ':ttl': ttlSeconds(until + FAILURES_KEPT_MS),
      },
    }),
);

export const keepText = accessPattern(
  {
    name: 'keepText',
    question: 'Keep a text that a model wrote and that passed the check',
    operation: 'PutItem',
    index: 'table',
    key: KEY,
    consistency: '-',
    guard: '- (the newest text counts)',
  },
  async (call, userId: string, slot: TextSlot, text: StoredText): Promise<void> => {
    await putItem(call, writtenToItem(userId, slot, text));
  },
);

export const noteFailedText = accessPattern(
  {
    name: 'noteFailedText',
    question: 'Note that this text could not be written, and until when it is not tried again',
    operation: 'PutItem',
    index: 'table',
    key: KEY,
    consistency: '-',
    guard: '- (whoever tried last knows best)',
  },
  async (call, userId: string, slot: TextSlot, failure: FailedText): Promise<void> => {
    await putItem(call, failedToItem(userId, slot, failure));
  },
);

export const dropTexts = accessPattern(
  {
    name: 'dropTexts',
    question: 'Delete all texts of this user, and what is noted of those that are not there',
    operation: 'Query, then BatchWriteItem',
    index: 'table',
    key: 'PK = USER#<userId>, SK begins with INSIGHTS#TEXT#',
    consistency: 'strong',
    guard: '-',
  },
  async (call, userId: string): Promise<void> => {
    const where = 'PK = :user AND begins_with(SK, :texts)';
    const values = { ':user': userPartition(userId), ':texts': TEXT_SORT };
    for await (const part of queryParts(call, { where, values, consistent: true })) {
      await batchDelete(call, part.map(keyOf));
    }
  },
);
