import type { StickyAssignments } from '../../../core/experiments/types.ts';
import {
  armAttribute,
  armsToAttributes,
  assignmentsFromItem,
  assignmentsKey,
} from '../entities/assignments.ts';
import type { Item } from '../keys.ts';
import { getItem } from '../read-items.ts';
import { updateItem } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

const KEY = 'PK = USER#<userId>, SK = PERSONALIZATION#ASSIGNMENTS';

/** What an exposure changes: `names` and `values` are numbered, since the names of lines are no identifiers. */
const exposure = (arms: Item, stale: readonly string[]) => {
  const names: Record<string, string> = { '#type': 'EntityType' };
  const values: Item = { ':type': 'Assignments' };
  const sets = Object.entries(arms).map(([name, arm], i) => {
    names[`#s${i}`] = name;
    values[`:s${i}`] = arm;
    return `#s${i} = if_not_exists(#s${i}, :s${i})`;
  });
  const removes = stale.map((line, i) => {
    names[`#r${i}`] = armAttribute(line);
    return `#r${i}`;
  });
  const update = `SET ${['#type = :type', ...sets].join(', ')}`;
  return { names, values, update: removes.length > 0 ? `${update} REMOVE ${removes.join(', ')}` : update };
};

export const exposeArms = accessPattern(
  {
    name: 'exposeArms',
    question: 'Keep the arms of experiments that this user saw for the first time',
    operation: 'UpdateItem',
    index: 'table',
    key: KEY,
    consistency: '-',
    guard: 'an arm that is stored stays (if_not_exists for each)',
  },
  async (
    call,
    userId: string,
    additions: StickyAssignments,
    stale: readonly string[],
  ): Promise<StickyAssignments> => {
    const { update, names, values } = exposure(armsToAttributes(additions), stale);
    return assignmentsFromItem(await updateItem(call, assignmentsKey(userId), update, { names, values }));
  },
);

export const readAssignments = accessPattern(
  {
    name: 'readAssignments',
    question: 'Which arms did this user see?',
    operation: 'GetItem',
    index: 'table',
    key: KEY,
    consistency: 'strong',
    guard: '-',
  },
  async (call, userId: string): Promise<StickyAssignments> =>
    assignmentsFromItem(await getItem(call, assignmentsKey(userId), true)),
);
