import { makeCursorKey, readCursorKey } from '../access-patterns/settings.ts';
import type { Database } from '../database.ts';
import type { SettingsStore } from '../store-types.ts';

const cursorKey = async (database: Database, candidate: () => string): Promise<string> => {
  const known = await readCursorKey(database);
  if (known !== undefined) return known;
  const made = candidate();
  if (await makeCursorKey(database, made)) return made;
  return (await readCursorKey(database)) ?? made;
};

/** Settings of the installation that it makes itself. */
export const settingsStore = (database: Database): SettingsStore => ({
  cursorKey: (candidate) => cursorKey(database, candidate),
});
