import { makeSecretKey, readSecretKey } from '../access-patterns/settings.ts';
import type { Database } from '../database.ts';
import type { SecretName } from '../entities/secret-key.ts';
import type { SettingsStore } from '../store-types.ts';

const secretKey = async (database: Database, name: SecretName, candidate: () => string): Promise<string> => {
  const known = await readSecretKey(database, name);
  if (known !== undefined) return known;
  const made = candidate();
  if (await makeSecretKey(database, name, made)) return made;
  return (await readSecretKey(database, name)) ?? made;
};

/** Settings of the installation that it makes itself. */
export const settingsStore = (database: Database): SettingsStore => ({
  cursorKey: (candidate) => secretKey(database, 'cursor', candidate),
  pseudonymKey: (candidate) => secretKey(database, 'pseudonym', candidate),
});
