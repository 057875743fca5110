import { type Item, key, SETTINGS } from '../keys.ts';

/** Random keys that the installation makes for itself, once. */
export const SECRETS = { cursor: 'CURSOR_KEY', pseudonym: 'PSEUDONYM_KEY' } as const;

export type SecretName = keyof typeof SECRETS;

const ENTITY_TYPES: Record<SecretName, string> = { cursor: 'CursorKey', pseudonym: 'PseudonymKey' };

export const secretKey = (name: SecretName) => key(SETTINGS, SECRETS[name]);

export const secretToItem = (name: SecretName, secret: string): Item => ({
  ...secretKey(name),
  EntityType: ENTITY_TYPES[name],
  v: 1,
  secret,
});
