import { type SecretName, secretKey, secretToItem } from '../entities/secret-key.ts';
import { getItem } from '../read-items.ts';
import { putItem } from '../write-item.ts';
import { accessPattern } from './access-pattern.ts';

export const readSecretKey = accessPattern(
  {
    name: 'readSecretKey',
    question: 'Which key signs cursors (or makes the pseudonyms of training data)?',
    operation: 'GetItem',
    index: 'table',
    key: 'PK = SETTINGS, SK = CURSOR_KEY or PSEUDONYM_KEY',
    consistency: 'strong',
    guard: '-',
  },
  async (call, name: SecretName): Promise<string | undefined> => {
    const item = await getItem(call, secretKey(name), true);
    return item && String(item.secret);
  },
);

export const makeSecretKey = accessPattern(
  {
    name: 'makeSecretKey',
    question: 'Make the key that signs cursors, or that of the pseudonyms (once per table)',
    operation: 'PutItem',
    index: 'table',
    key: 'PK = SETTINGS, SK = CURSOR_KEY or PSEUDONYM_KEY',
    consistency: '-',
    guard: 'none is there',
  },
  (call, name: SecretName, secret: string): Promise<boolean> =>
    putItem(call, secretToItem(name, secret), { expression: 'attribute_not_exists(PK)' }),
);
