import { BYTES_PER_FACT } from '../../../core/journal/packed-facts.ts';
import type { Expected, FactRun, JournalPage, JournalState, PageRange } from '../../../core/journal/ports.ts';
import { batchDelete } from '../batches.ts';
import { behaviourToItem } from '../entities/behaviour.ts';
import { LEDGER_END, LEDGER_SORT, ledgerKey, ledgerToItem } from '../entities/ledger-run.ts';
import { pageFromItem, pageKey, pageSort, pageToItem } from '../entities/page.ts';
import { isLive, keyOf, userPartition } from '../keys.ts';
import { getItem, queryAll, queryItems, queryParts } from '../read-items.ts';
import { deleteItem, NOT_THERE, putItem } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

const BETWEEN = 'PK = :user AND SK BETWEEN :first AND :last';

/** Pages are about 1 KB: one request brings a few read units' worth, and a walk asks for more as it goes. */
const PAGES_PER_REQUEST = 40;

export const placePage = accessPattern(
  {
    name: 'placePage',
    question: "Write this batch ahead as the user's page number <seq>, if nobody else took the number",
    operation: 'PutItem',
    index: 'table',
    key: 'PK = USER#<userId>, SK = INTERACTIONS#<seq>',
    consistency: '-',
    guard: 'no such page',
  },
  (call, userId: string, page: JournalPage, expiresAt: number): Promise<boolean> =>
    putItem(call, pageToItem(userId, page, expiresAt), NOT_THERE),
);

/** Also finds an expired page: it holds its slot until it is deleted. */
export const readPage = accessPattern(
  {
    name: 'readPage',
    question: 'Which interactions has another writer written ahead in this slot?',
    operation: 'GetItem',
    index: 'table',
    key: 'PK = USER#<userId>, SK = INTERACTIONS#<seq>',
    consistency: 'strong',
    guard: '-',
  },
  async (call, userId: string, seq: number): Promise<JournalPage | undefined> => {
    const item = await getItem(call, pageKey(userId, seq), true);
    return item && pageFromItem(item);
  },
);

export const readPages = accessPattern(
  {
    name: 'readPages',
    question: 'Which interactions of this user are stored, by page, from the newest or the oldest?',
    operation: 'Query',
    index: 'table',
    key: 'PK = USER#<userId>, SK between INTERACTIONS#<from> and INTERACTIONS#<to>',
    consistency: 'strong',
    guard: 'expired pages are left out',
  },
  async function* (
    call,
    { userId, fromSeq, toSeq, order }: PageRange,
    now: number,
  ): AsyncGenerator<JournalPage> {
    if (fromSeq > toSeq) return;
    const values = { ':user': userPartition(userId), ':first': pageSort(fromSeq), ':last': pageSort(toSeq) };
    const walk = { newestFirst: order === 'newest first', limit: PAGES_PER_REQUEST, consistent: true };
    for await (const item of queryItems(call, { where: BETWEEN, values, ...walk })) {
      if (isLive(item, now)) yield pageFromItem(item);
    }
  },
);

export const dropPages = accessPattern(
  {
    name: 'dropPages',
    question: 'Delete all pages of this user up to number <seq>',
    operation: 'Query, then BatchWriteItem',
    index: 'table',
    key: 'PK = USER#<userId>, SK between INTERACTIONS#0 and INTERACTIONS#<seq>',
    consistency: 'strong',
    guard: '-',
  },
  async (call, userId: string, throughSeq: number): Promise<void> => {
    const values = { ':user': userPartition(userId), ':first': pageSort(0), ':last': pageSort(throughSeq) };
    for await (const part of queryParts(call, { where: BETWEEN, values, consistent: true })) {
      await batchDelete(call, part.map(keyOf));
    }
  },
);

/** Facts of the same page begin alike, so that the longer run has all that the shorter one has. */
const OLDER_OR_SHORTER =
  'attribute_not_exists(PK) OR throughSeq < :through OR (throughSeq = :through AND size(facts) < :bytes)';

export const sealRun = accessPattern(
  {
    name: 'sealRun',
    question: "Move the user's open facts to run <n> of the ledger",
    operation: 'PutItem',
    index: 'table',
    key: 'PK = USER#<userId>, SK = PERSONALIZATION#LEDGER#<n>',
    consistency: '-',
    guard: 'no such run, one of an earlier page, or a shorter one of the same page',
  },
  async (call, userId: string, run: FactRun): Promise<void> => {
    const item = ledgerToItem(userId, run);
    const values = { ':through': run.throughSeq, ':bytes': run.facts.length * BYTES_PER_FACT };
    await putItem(call, item, { expression: OLDER_OR_SHORTER, values });
  },
);

export const dropRuns = accessPattern(
  {
    name: 'dropRuns',
    question: "Delete the runs of the user's ledger that were written up to page <seq>",
    operation: 'Query, then BatchWriteItem',
    index: 'table',
    key: 'PK = USER#<userId>, SK between PERSONALIZATION#LEDGER# and PERSONALIZATION#LEDGER#~',
    consistency: 'strong',
    guard: 'a run written for a later page stays',
  },
  async (call, userId: string, throughSeq: number): Promise<void> => {
    const values = { ':user': userPartition(userId), ':first': LEDGER_SORT, ':last': LEDGER_END };
    const condition = { expression: 'throughSeq <= :through', values: { ':through': throughSeq } };
    for (const item of await queryAll(call, { where: BETWEEN, values, consistent: true })) {
      await deleteItem(call, ledgerKey(userId, Number(String(item.SK).slice(LEDGER_SORT.length))), condition);
    }
  },
);

export const commitBehaviour = accessPattern(
  {
    name: 'commitBehaviour',
    question: 'Replace what is folded for this user by its successor',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = USER#<userId>, SK = PERSONALIZATION#BEHAVIOUR',
    consistency: '-',
    guard: 'still at the page and revision that it was computed from (or not there, for the first)',
  },
  (call, userId: string, next: JournalState, { seq, revision }: Expected): Promise<boolean> => {
    const unchanged = {
      expression: 'seq = :seq AND revision = :revision',
      values: { ':seq': seq, ':revision': revision },
    };
    return putItem(call, behaviourToItem(userId, next), seq === 0 ? NOT_THERE : unchanged);
  },
);
