import { DECISION_SORT, decisionFromItem, decisionKey, decisionToItem } from '../entities/decision.ts';
import { isLive, userPartition } from '../keys.ts';
import { getItem, queryParts } from '../read-items.ts';
import type { Decision } from '../store-types.ts';
import { putItem } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

export const traceDecision = accessPattern(
  {
    name: 'traceDecision',
    question: 'Keep the trace of this decision for 30 days',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = USER#<userId>, SK = DECISION#<decisionId>',
    consistency: '-',
    guard: '-',
  },
  async (call, decision: Decision): Promise<void> => {
    await putItem(call, decisionToItem(decision));
  },
);

export const readDecision = accessPattern(
  {
    name: 'readDecision',
    question: 'Why did this user get this answer?',
    operation: 'GetItem',
    index: 'table',
    key: 'PK = USER#<userId>, SK = DECISION#<decisionId>',
    consistency: 'strong',
    guard: 'an expired trace is left out',
  },
  async (call, userId: string, decisionId: string, now: number): Promise<Decision | undefined> => {
    const item = await getItem(call, decisionKey(userId, decisionId), true);
    return item && isLive(item, now) ? decisionFromItem(item) : undefined;
  },
);

/** The random parts of decision ids rise with time, so the greatest is the latest. */
export const lastDecision = accessPattern(
  {
    name: 'lastDecision',
    question: 'What did this user get in this context the last time?',
    operation: 'Query',
    index: 'table',
    key: 'PK = USER#<userId>, SK begins with DECISION#<context hash>., newest first, one item',
    consistency: 'eventual',
    guard: 'an expired trace is left out',
  },
  async (call, userId: string, contextHash: string, now: number): Promise<Decision | undefined> => {
    const where = 'PK = :user AND begins_with(SK, :context)';
    const values = { ':user': userPartition(userId), ':context': `${DECISION_SORT}${contextHash}.` };
    for await (const [item] of queryParts(call, { where, values, newestFirst: true, limit: 1 })) {
      return item && isLive(item, now) ? decisionFromItem(item) : undefined;
    }
    return undefined;
  },
);
