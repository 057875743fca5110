import { CONFIG_ID } from '../../../core/decisions/decision-id.ts';
import {
  configDecisionFromItem,
  configDecisionKey,
  configDecisionToItem,
} from '../entities/config-decision.ts';
import { DECISION_SORT, decisionFromItem, decisionKey, decisionToItem } from '../entities/decision.ts';
import { isLive, userPartition } from '../keys.ts';
import { getItem, queryItems, queryParts } from '../read-items.ts';
import type { ConfigDecision, Decision, Shorten } from '../store-types.ts';
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
  async (call, decision: Decision, shorten: Shorten<unknown>): Promise<void> => {
    await putItem(call, decisionToItem(decision, shorten));
  },
);

/** Every such item also knows the last decision of the other contexts, so that the newest one tells of all. */
export const traceConfig = accessPattern(
  {
    name: 'traceConfig',
    question:
      'Keep the trace of this config decision for 30 days, and what was decided last in other contexts',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = USER#<userId>, SK = PERSONAL#DECISION#<time and chance>',
    consistency: '-',
    guard: '-',
  },
  async (call, decision: ConfigDecision): Promise<void> => {
    await putItem(call, configDecisionToItem(decision));
  },
);

const isOfConfig = (decisionId: string): boolean => decisionId.startsWith(CONFIG_ID);

export const readDecision = accessPattern(
  {
    name: 'readDecision',
    question: 'Why did this user get this answer?',
    operation: 'GetItem',
    index: 'table',
    key: 'PK = USER#<userId>, SK = DECISION#<decisionId> or PERSONAL#DECISION#<time and chance>',
    consistency: 'strong',
    guard: 'an expired trace is left out',
  },
  async (call, userId: string, decisionId: string, now: number): Promise<Decision | undefined> => {
    const [key, from] = isOfConfig(decisionId)
      ? [configDecisionKey(userId, decisionId), configDecisionFromItem]
      : [decisionKey(userId, decisionId), decisionFromItem];
    const item = await getItem(call, key, true);
    return item && isLive(item, now) ? from(item) : undefined;
  },
);

/** Config decisions lie elsewhere and are not among them. */
export const listDecisions = accessPattern(
  {
    name: 'listDecisions',
    question: 'What was this user shown in the last 30 days?',
    operation: 'Query',
    index: 'table',
    key: 'PK = USER#<userId>, SK begins with DECISION#',
    consistency: 'eventual',
    guard: 'expired traces are left out',
  },
  async (call, userId: string, now: number): Promise<Decision[]> => {
    const where = 'PK = :user AND begins_with(SK, :decision)';
    const values = { ':user': userPartition(userId), ':decision': DECISION_SORT };
    const found: Decision[] = [];
    for await (const item of queryItems(call, { where, values })) {
      if (isLive(item, now)) found.push(decisionFromItem(item));
    }
    return found;
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
