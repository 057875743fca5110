import { type Item, key, SETTINGS } from '../keys.ts';

export const cursorKeyKey = key(SETTINGS, 'CURSOR_KEY');

export const cursorKeyToItem = (secret: string): Item => ({
  ...cursorKeyKey,
  EntityType: 'CursorKey',
  v: 1,
  secret,
});
