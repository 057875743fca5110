import { Unavailable } from '../../../core/errors.ts';
import type { StickyAssignments } from '../../../core/experiments/types.ts';
import { emptyState } from '../../../core/journal/empty-state.ts';
import type { JournalState } from '../../../core/journal/ports.ts';
import { loadUser, loadUserForConfig, loadUserHead, loadUserLedger } from '../access-patterns/users.ts';
import type { Database } from '../database.ts';
import { ACHIEVEMENTS_SORT, achievementsFromItem } from '../entities/achievements.ts';
import { ASSIGNMENTS_SORT, assignmentsFromItem } from '../entities/assignments.ts';
import { BEHAVIOUR_SORT, behaviourFromItem } from '../entities/behaviour.ts';
import { configHeadsFrom, isConfigDecision } from '../entities/config-decision.ts';
import { PRECOMPUTED_SORT, precomputedFromItem } from '../entities/precomputed.ts';
import { PROFILE_SORT, profileFromItem } from '../entities/profile.ts';
import { journalStateFrom } from '../journal-state.ts';
import { type Item, isLive } from '../keys.ts';
import type { ConfigMemory, LoadedUser, UserParts, UsersStore } from '../store-types.ts';

const QUESTIONS = {
  head: loadUserHead,
  config: loadUserForConfig,
  ledger: loadUserLedger,
  all: loadUser,
};

/** The same database, counting the read units that pass. */
const counting = (database: Database) => {
  const count = { units: 0 };
  const meter: Database['meter'] = (operation, units, isWrite) => {
    count.units += units;
    database.meter?.(operation, units, isWrite);
  };
  return { database: { ...database, meter }, count };
};

/** No stored revision equals it, so a commit from a state without its ledger is refused and the state read again. */
const WITHOUT_LEDGER = -1;

const journalOf = (items: readonly Item[], parts: UserParts): JournalState | undefined => {
  if (parts === 'ledger' || parts === 'all') return journalStateFrom(items);
  const item = items.find(({ SK }) => SK === BEHAVIOUR_SORT);
  return item ? { ...behaviourFromItem(item).state, revision: WITHOUT_LEDGER } : emptyState;
};

const configMemoryOf = (items: readonly Item[], sticky: StickyAssignments, now: number): ConfigMemory => ({
  sticky,
  heads: configHeadsFrom(items.filter(isConfigDecision), now),
});

/** Undefined where an eventually consistent read brought a ledger that is older than the behaviour. */
const assemble = (
  items: readonly Item[],
  parts: UserParts,
  now: number,
): Omit<LoadedUser, 'units'> | undefined => {
  const journal = journalOf(items, parts);
  if (!journal) return undefined;
  const find = (sort: string) => items.find((item) => item.SK === sort && isLive(item, now));
  const [profile, list, arms] = [find(PROFILE_SORT), find(PRECOMPUTED_SORT), find(ASSIGNMENTS_SORT)];
  const sticky = assignmentsFromItem(arms);
  const achieved = find(ACHIEVEMENTS_SORT);
  return {
    profile: profile && profileFromItem(profile),
    journal,
    facts: new Set([...journal.sealedFacts, ...journal.openFacts]),
    precomputed: list && precomputedFromItem(list),
    ...(arms && { sticky }),
    ...(achieved && { achievements: achievementsFromItem(achieved) }),
    ...(parts === 'config' && { config: configMemoryOf(items, sticky, now) }),
  };
};

/** Everything about one user in one round trip. */
export const usersStore = (database: Database): UsersStore => ({
  load: async (userId, { parts = 'all', consistent = true } = {}) => {
    const now = (database.clock ?? Date.now)();
    const { database: counted, count } = counting(database);
    const read = async (strongly: boolean) =>
      assemble(await QUESTIONS[parts](counted, userId, strongly), parts, now);
    const loaded = (await read(consistent)) ?? (await read(true));
    if (!loaded) throw new Unavailable("The user's ledger cannot be read now");
    return { ...loaded, units: count.units };
  },
});
