import { badgeHashes } from '../../../adapters/badge-hashes.ts';
import type { BadgePorts } from '../../../core/achievements/badge.ts';
import type { ReadAchievementsPorts } from '../../../core/achievements/ports.ts';
import { signingKey } from '../http/cursors.ts';
import { lazily } from '../lazily.ts';
import { unlocking, users } from './table-ports.ts';

/** What reading and claiming achievements needs. */
export const achieving = lazily((): ReadAchievementsPorts => ({ ...unlocking(), users: users() }));

/** What giving badges needs. */
export const badging = lazily(
  (): BadgePorts => ({ ...achieving(), hashes: async () => badgeHashes(await signingKey()) }),
);
