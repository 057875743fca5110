import type { Decision } from '../../../core/decisions/ports.ts';
import { emptyState } from '../../../core/journal/empty-state.ts';
import type { StoredUser } from '../../../core/journal/ports.ts';
import {
  ACTIVITY_SHARDS,
  activityPartition,
  batchMarkToItem,
  userMarkToItem,
  usersOfMark,
} from '../entities/activity-mark.ts';
import { BEHAVIOUR_SORT, behaviourFromItem } from '../entities/behaviour.ts';
import { configDecisionFromItem, isConfigDecision } from '../entities/config-decision.ts';
import { DECISION_SORT, decisionFromItem } from '../entities/decision.ts';
import { GENERATIONS_SORT, generationsFromItem } from '../entities/generations.ts';
import { pageFromItem } from '../entities/page.ts';
import { PROFILE_SORT, profileFromItem } from '../entities/profile.ts';
import { type Item, isLive, userOf } from '../keys.ts';
import { queryItems, scanSegment } from '../read-items.ts';
import { putItem } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';
import { loadUserHead } from './users.ts';

/** What `allUsers` keeps of everything that the table holds. */
const OF_USERS = {
  expression: 'EntityType IN (:pages, :profile, :behaviour)',
  values: { ':pages': 'Interactions', ':profile': 'PersonalizationProfile', ':behaviour': 'Behaviour' },
};

const WITH_DECISIONS = {
  expression: 'EntityType IN (:pages, :profile, :behaviour, :decision, :config, :generations)',
  values: {
    ...OF_USERS.values,
    ':decision': 'Decision',
    ':config': 'ConfigDecision',
    ':generations': 'Generations',
  },
};

/** One of `total` parts of the table, and whether traces of decisions are wanted, too. */
type Part = { segment: number; total: number; decisions?: boolean };

export const markUserActive = accessPattern(
  {
    name: 'markUserActive',
    question: 'Note that this user was active in this hour (once per hour and user)',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = ACTIVITY#<hour>#<shard>, SK = <userId>',
    consistency: '-',
    guard: '- (a repeat writes the same)',
  },
  async (call, hour: string, userId: string): Promise<void> => {
    await putItem(call, userMarkToItem(hour, userId));
  },
);

export const markBatchActive = accessPattern(
  {
    name: 'markBatchActive',
    question: 'Note that all users of this message were active in this hour',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = ACTIVITY#<hour>#<shard>, SK = BATCH#<batchId>',
    consistency: '-',
    guard: '- (a repeat writes the same)',
  },
  async (call, hour: string, batchId: string, userIds: readonly string[]): Promise<void> => {
    await putItem(call, batchMarkToItem(hour, batchId, userIds));
  },
);

export const usersActiveInHour = accessPattern(
  {
    name: 'usersActiveInHour',
    question: 'Which users were active in this hour?',
    operation: 'Query',
    index: 'table',
    key: 'PK = ACTIVITY#<hour>#<shard>, for each of 4 shards',
    consistency: 'eventual',
    guard: 'each user once',
  },
  async function* (call, hour: string): AsyncGenerator<string> {
    const given = new Set<string>();
    for (let shard = 0; shard < ACTIVITY_SHARDS; shard += 1) {
      const values = { ':hour': activityPartition(hour, shard) };
      for await (const item of queryItems(call, { where: 'PK = :hour', values })) {
        const users = usersOfMark(item).filter((userId) => !given.has(userId));
        for (const userId of users) given.add(userId);
        yield* users;
      }
    }
  },
);

const decisionsFrom = (items: readonly Item[]): Decision[] =>
  items.flatMap((item) => {
    if (isConfigDecision(item)) return [configDecisionFromItem(item)];
    return String(item.SK).startsWith(DECISION_SORT) ? [decisionFromItem(item)] : [];
  });

/** What one user's items say. */
const userFromItems = (userId: string, items: readonly Item[]) => {
  const behaviour = items.find(({ SK }) => SK === BEHAVIOUR_SORT);
  const profile = items.find(({ SK }) => SK === PROFILE_SORT);
  const generations = items.find(({ SK }) => SK === GENERATIONS_SORT);
  return {
    userId,
    profile: profile && profileFromItem(profile),
    state: behaviour ? behaviourFromItem(behaviour).state : emptyState,
    pages: items.filter(({ EntityType }) => EntityType === 'Interactions').map(pageFromItem),
    decisions: decisionsFrom(items),
    ...(generations && { generations: generationsFromItem(generations) }),
    isWhole: behaviour !== undefined,
  };
};

export const allUsers = accessPattern(
  {
    name: 'allUsers',
    question:
      'What is stored of all users: interactions, profile, behaviour, decisions and generations if wanted? (one of several segments; the night only)',
    operation: 'Scan',
    index: 'table',
    key: 'every item; pages, profiles, behaviours and traces are kept',
    consistency: 'eventual',
    guard:
      'expired pages and traces are left out; a user whose behaviour the scan did not bring is read by key',
  },
  async function* (call, part: Part, now: number): AsyncGenerator<StoredUser> {
    /** A scan brings a partition's items side by side. Pages or traces without behaviour: the collection may have been split. */
    const complete = async (userId: string, items: readonly Item[]): Promise<StoredUser> => {
      const { isWhole, decisions, ...user } = userFromItems(userId, items);
      const wanted = part.decisions ? { decisions } : {};
      const outcomes = user.generations ? { generations: user.generations } : {};
      if (isWhole || (user.pages.length + decisions.length === 0 && !user.generations))
        return { ...user, ...wanted };
      const head = userFromItems(userId, await loadUserHead(call.database, userId, false));
      return { userId, profile: head.profile, state: head.state, pages: user.pages, ...outcomes, ...wanted };
    };
    let items: Item[] = [];
    for await (const item of scanSegment(call, part, part.decisions ? WITH_DECISIONS : OF_USERS)) {
      if (items[0] !== undefined && items[0].PK !== item.PK) {
        yield await complete(userOf(items[0]), items);
        items = [];
      }
      if (isLive(item, now)) items.push(item);
    }
    if (items[0] !== undefined) yield await complete(userOf(items[0]), items);
  },
);
