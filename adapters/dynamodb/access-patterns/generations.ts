import type { GenerationMemory } from '../../../core/generation/types.ts';
import { generationsFromItem, generationsKey, generationsToItem } from '../entities/generations.ts';
import { getItem } from '../read-items.ts';
import { deleteItem, putSuccessor } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

const KEY = 'PK = USER#<userId>, SK = GENERATIONS';

export const readGenerations = accessPattern(
  {
    name: 'readGenerations',
    question: 'What was generated for this user, with which parameters, and how did it go?',
    operation: 'GetItem',
    index: 'table',
    key: KEY,
    consistency: 'strong',
    guard: '-',
  },
  async (call, userId: string): Promise<GenerationMemory> =>
    generationsFromItem(await getItem(call, generationsKey(userId), true)),
);

export const replaceGenerations = accessPattern(
  {
    name: 'replaceGenerations',
    question: "Replace what is remembered of this user's generations by its successor",
    operation: 'PutItem',
    index: 'table',
    key: KEY,
    consistency: '-',
    guard: 'still at the version that it was computed from (or not there, for the first)',
  },
  (call, userId: string, memory: GenerationMemory, expectedVersion: number): Promise<boolean> =>
    putSuccessor(call, generationsToItem(userId, memory, expectedVersion + 1), expectedVersion),
);

export const dropGenerations = accessPattern(
  {
    name: 'dropGenerations',
    question: "Forget what is remembered of this user's generations",
    operation: 'DeleteItem',
    index: 'table',
    key: KEY,
    consistency: '-',
    guard: '-',
  },
  async (call, userId: string): Promise<void> => {
    await deleteItem(call, generationsKey(userId));
  },
);
