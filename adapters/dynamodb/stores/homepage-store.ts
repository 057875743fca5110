import type { HomepageStore } from '../../../core/homepage/types.ts';
import {
  publishHomepages,
  publishSharedHomepages,
  putHomepage,
  readHomepage,
  readSharedHomepages,
} from '../access-patterns/homepages.ts';
import type { Database } from '../database.ts';

/** Homepages of users, and those for everybody and for each segment; expired ones are as if they were not there. */
export const homepageStore = (database: Database): HomepageStore => {
  const now = () => (database.clock ?? Date.now)();
  return {
    get: (userId) => readHomepage(database, userId, now()),
    put: (userId, page) => putHomepage(database, userId, page),
    putMany: (rows) => publishHomepages(database, rows),
    shared: (domain) => readSharedHomepages(database, domain, now()),
    putShared: async (domain, pages) => {
      await publishSharedHomepages(database, domain, pages);
    },
  };
};
