import { cursorKeyKey, cursorKeyToItem } from '../entities/cursor-key.ts';
import { getItem } from '../read-items.ts';
import { putItem } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

export const readCursorKey = accessPattern(
  {
    name: 'readCursorKey',
    question: 'Which key signs cursors?',
    operation: 'GetItem',
    index: 'table',
    key: 'PK = SETTINGS, SK = CURSOR_KEY',
    consistency: 'strong',
    guard: '-',
  },
  async (call): Promise<string | undefined> => {
    const item = await getItem(call, cursorKeyKey, true);
    return item && String(item.secret);
  },
);

export const makeCursorKey = accessPattern(
  {
    name: 'makeCursorKey',
    question: 'Make the key that signs cursors (once per table)',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = SETTINGS, SK = CURSOR_KEY',
    consistency: '-',
    guard: 'none is there',
  },
  (call, secret: string): Promise<boolean> =>
    putItem(call, cursorKeyToItem(secret), { expression: 'attribute_not_exists(PK)' }),
);
