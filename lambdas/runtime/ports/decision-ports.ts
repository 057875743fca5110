import { userSeal as sealWith } from '../../../adapters/user-seal.ts';
import type { TracePorts } from '../../../core/decisions/keep-decision.ts';
import type { UserSeal } from '../../../core/decisions/ports.ts';
import { signingKey } from '../http/cursors.ts';
import { lazily } from '../lazily.ts';
import { logger } from '../telemetry.ts';
import { decisions } from './table-ports.ts';

let seal: UserSeal | undefined;

/** Seals users into ids of decisions; its key follows from that of cursors. */
export const userSeal = async (): Promise<UserSeal> => {
  seal ??= sealWith(await signingKey());
  return seal;
};

/** What keeping traces of decisions needs. */
export const tracePorts = lazily(
  (): TracePorts => ({
    decisions: decisions(),
    userSeal,
    traceLost: (error) => logger.warn('decision trace lost', { error: error as Error }),
  }),
);
