import { catalogStore } from '../../adapters/dynamodb/stores/catalog-store.ts';
import { journalStore } from '../../adapters/dynamodb/stores/journal-store.ts';
import { modelStore } from '../../adapters/dynamodb/stores/model-store.ts';
import { profileStore } from '../../adapters/dynamodb/stores/profile-store.ts';
import { usersStore } from '../../adapters/dynamodb/stores/users-store.ts';
import { DEFAULT_WEIGHTS } from '../../core/learn/hybrid/training-params.ts';
import { inParallel } from '../../core/nights/in-parallel.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';
import { newProfile } from '../../core/profile/stored-profile.ts';
import { applyQuestionnaire } from '../../core/questionnaire/apply-questionnaire.ts';
import { trackInteractions } from '../../core/tracking/track-interactions.ts';
import { generateNeighbours, generateRanking } from '../serving/catalogue.ts';
import { MODEL_VERSION, RUN_ID } from '../serving/fill-table.ts';
import { generateHistories } from '../serving/users.ts';
import type { MemoryTable } from '../units/memory-table.ts';
import { filmAnswers, filmItems } from './film-world.ts';

export type FilmWorld = { readonly items: number; readonly users: number; readonly seed: number };

const ITEMS_PER_CALL = 1_000;
const INTERACTIONS = 20;
const RETENTION_MS = 400 * 86_400_000;

/** Fills the table through the product's own stores; answers the ids of the users, who all answered and did something. */
export const fillFilmWorld = async (
  { client, tableName }: MemoryTable,
  { items, users, seed }: FilmWorld,
  now: number,
): Promise<string[]> => {
  const database = { client, tableName };
  const [catalog, models, profiles] = [catalogStore(database), modelStore(database), profileStore(database)];
  const all = filmItems(items, seed);
  for (let from = 0; from < all.length; from += ITEMS_PER_CALL)
    await catalog.bulkPut(all.slice(from, from + ITEMS_PER_CALL));
  await catalog.bump([...new Set(all.map(({ type }) => type))]);
  for (const name of ['popular', 'trending', 'engagement'])
    await models.putRanking(name, { generatedAt: now, items: generateRanking(1_000, items, seed + 2) });
  await models.putModel({
    version: MODEL_VERSION,
    slot: MODEL_VERSION,
    weights: DEFAULT_WEIGHTS,
    trainedAt: now,
    counts: { users, items, interactions: 0 },
    notes: { runId: RUN_ID },
  });
  const tracking = {
    users: usersStore(database),
    journal: journalStore(database),
    pause: async () => undefined,
  };
  const random = seededRandom(seed + 3);
  const histories = [
    ...generateHistories({ users, interactions: INTERACTIONS }, { items, until: now, seed }),
  ];
  const chosen = new Set(
    histories.flatMap(({ interactions }) => interactions.map(({ contentId }) => contentId)),
  );
  const lists = [...generateNeighbours(items, seed + 1)].filter(({ itemId }) => chosen.has(itemId));
  await models.putNeighbours(lists, { version: MODEL_VERSION });
  await inParallel(histories, 8, async ({ userId, interactions }) => {
    const profile = applyQuestionnaire(newProfile(userId, now), filmAnswers(random), now);
    await profiles.put({ ...profile, version: 1 }, 0);
    await trackInteractions(tracking, { userId, interactions, now, retentionMs: RETENTION_MS, marked: true });
  });
  return histories.map(({ userId }) => userId);
};
