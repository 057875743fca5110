import type { Change } from '../../../core/definitions/types.ts';
import { batchGet } from '../batches.ts';
import {
  DEFINITION_SORT,
  type DefinitionPartition,
  definitionKey,
  definitionToItem,
  LOG_SORT,
  logKey,
  logToItem,
} from '../entities/definition.ts';
import type { Item } from '../keys.ts';
import { getItem, queryAll, queryParts } from '../read-items.ts';
import { putItem } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

const BEGINS = 'PK = :kind AND begins_with(SK, :prefix)';

export const readLastChange = accessPattern(
  {
    name: 'readLastChange',
    question: 'Which change of the rules (or of the experiments) was the last?',
    operation: 'Query',
    index: 'table',
    key: 'PK = RULES or EXPERIMENTS, SK begins with LOG#, newest first, one item',
    consistency: 'strong or eventual',
    guard: '-',
  },
  async (call, partition: DefinitionPartition, consistent: boolean): Promise<Item | undefined> => {
    const values = { ':kind': partition, ':prefix': LOG_SORT };
    const query = { where: BEGINS, values, newestFirst: true, limit: 1, consistent };
    for await (const [item] of queryParts(call, query)) return item;
    return undefined;
  },
);

export const readDefinitions = accessPattern(
  {
    name: 'readDefinitions',
    question: 'What is the newest change of each rule (or experiment)?',
    operation: 'Query',
    index: 'table',
    key: 'PK = RULES or EXPERIMENTS, SK begins with DEFINITION#',
    consistency: 'strong',
    guard: 'what was deleted says so',
  },
  (call, partition: DefinitionPartition): Promise<Item[]> => {
    const values = { ':kind': partition, ':prefix': DEFINITION_SORT };
    return queryAll(call, { where: BEGINS, values, consistent: true });
  },
);

export const readDefinition = accessPattern(
  {
    name: 'readDefinition',
    question: 'What is the newest change of this rule (or experiment)?',
    operation: 'GetItem',
    index: 'table',
    key: 'PK = RULES or EXPERIMENTS, SK = DEFINITION#<id>',
    consistency: 'strong',
    guard: 'the last change of all is put on top',
  },
  (call, partition: DefinitionPartition, id: string): Promise<Item | undefined> =>
    getItem(call, definitionKey(partition, id), true),
);

export const readChanges = accessPattern(
  {
    name: 'readChanges',
    question: 'What was changed by these entries of the log?',
    operation: 'BatchGetItem',
    index: 'table',
    key: 'PK = RULES or EXPERIMENTS, SK = LOG#<set version>, 100 per request',
    consistency: 'strong',
    guard: '-',
  },
  (call, partition: DefinitionPartition, setVersions: readonly number[]): Promise<Item[]> =>
    batchGet(
      call,
      setVersions.map((setVersion) => logKey(partition, setVersion)),
      true,
    ),
);

export const logChange = accessPattern(
  {
    name: 'logChange',
    question: 'Make this change the next one in the log, if nobody else took the number',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = RULES or EXPERIMENTS, SK = LOG#<set version>',
    consistency: '-',
    guard: 'no such entry',
  },
  (call, partition: DefinitionPartition, change: Change<unknown>, writer: string): Promise<boolean> =>
    putItem(call, logToItem(partition, change, writer), { expression: 'attribute_not_exists(PK)' }),
);

export const settleChange = accessPattern(
  {
    name: 'settleChange',
    question: 'Bring the present state of this definition up to a change in the log',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = RULES or EXPERIMENTS, SK = DEFINITION#<id>',
    consistency: '-',
    guard: 'it is at an earlier change, or not there',
  },
  (call, partition: DefinitionPartition, change: Change<unknown>): Promise<boolean> =>
    putItem(call, definitionToItem(partition, change), {
      expression: 'attribute_not_exists(PK) OR setVersion < :change',
      values: { ':change': change.setVersion },
    }),
);
