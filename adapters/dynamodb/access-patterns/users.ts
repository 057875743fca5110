import { BEHAVIOUR_SORT } from '../entities/behaviour.ts';
import { CONFIG_DECISION_SORT } from '../entities/config-decision.ts';
import { LEDGER_END } from '../entities/ledger-run.ts';
import { PROFILE_SORT } from '../entities/profile.ts';
import { type Item, PERSONALIZATION, userPartition } from '../keys.ts';
import { queryAll, queryParts } from '../read-items.ts';
import { accessPattern } from './access-pattern.ts';

const BETWEEN = 'PK = :user AND SK BETWEEN :first AND :last';

/** Everything about one user. */
export const loadUser = accessPattern(
  {
    name: 'loadUser',
    question: 'What do we know about this user: profile, behaviour, facts, precomputed list?',
    operation: 'Query',
    index: 'table',
    key: 'PK = USER#<userId>, SK begins with PERSONALIZATION',
    consistency: 'strong or eventual',
    guard: '-',
  },
  (call, userId: string, consistent: boolean): Promise<Item[]> => {
    const where = 'PK = :user AND begins_with(SK, :prefix)';
    const values = { ':user': userPartition(userId), ':prefix': PERSONALIZATION };
    return queryAll(call, { where, values, consistent });
  },
);

export const loadUserHead = accessPattern(
  {
    name: 'loadUserHead',
    question: 'What is the profile and the behaviour of this user?',
    operation: 'Query',
    index: 'table',
    key: 'PK = USER#<userId>, SK between PERSONALIZATION and PERSONALIZATION#BEHAVIOUR',
    consistency: 'strong or eventual',
    guard: '-',
  },
  (call, userId: string, consistent: boolean): Promise<Item[]> => {
    const values = { ':user': userPartition(userId), ':first': PROFILE_SORT, ':last': BEHAVIOUR_SORT };
    return queryAll(call, { where: BETWEEN, values, consistent });
  },
);

/** Behaviour, arms, achievements, profile, and the newest decision behind them, in this order; where one is missing, more decisions. */
const CONFIG_ITEMS = 5;

/** Enough for an adaptive configuration: decisions sort directly before the profile, the newest next to it. */
export const loadUserForConfig = accessPattern(
  {
    name: 'loadUserForConfig',
    question: 'What is the profile, the behaviour, the arms of this user, and what config did they get last?',
    operation: 'Query',
    index: 'table',
    key: 'PK = USER#<userId>, SK between PERSONAL#DECISION# and PERSONALIZATION#BEHAVIOUR, last first, five items',
    consistency: 'strong or eventual',
    guard: 'an expired decision is left out',
  },
  async (call, userId: string, consistent: boolean): Promise<Item[]> => {
    const values = {
      ':user': userPartition(userId),
      ':first': CONFIG_DECISION_SORT,
      ':last': BEHAVIOUR_SORT,
    };
    const query = { where: BETWEEN, values, consistent, newestFirst: true, limit: CONFIG_ITEMS };
    for await (const items of queryParts(call, query)) return items;
    return [];
  },
);

/** Enough to count an interaction. */
export const loadUserLedger = accessPattern(
  {
    name: 'loadUserLedger',
    question: 'What is the profile and behaviour of this user, and which facts are known?',
    operation: 'Query',
    index: 'table',
    key: 'PK = USER#<userId>, SK between PERSONALIZATION and PERSONALIZATION#LEDGER#~',
    consistency: 'strong or eventual',
    guard: '-',
  },
  (call, userId: string, consistent: boolean): Promise<Item[]> => {
    const values = { ':user': userPartition(userId), ':first': PROFILE_SORT, ':last': LEDGER_END };
    return queryAll(call, { where: BETWEEN, values, consistent });
  },
);

/** What the fold starts from. */
export const loadJournal = accessPattern(
  {
    name: 'loadJournal',
    question: 'What has been folded for this user, and which facts are known?',
    operation: 'Query',
    index: 'table',
    key: 'PK = USER#<userId>, SK between PERSONALIZATION#BEHAVIOUR and PERSONALIZATION#LEDGER#~',
    consistency: 'strong',
    guard: '-',
  },
  (call, userId: string): Promise<Item[]> => {
    const values = { ':user': userPartition(userId), ':first': BEHAVIOUR_SORT, ':last': LEDGER_END };
    return queryAll(call, { where: BETWEEN, values, consistent: true });
  },
);
