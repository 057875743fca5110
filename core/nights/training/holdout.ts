import type { InteractionLog } from '../../learn/data/interaction-log.ts';
import { splitByTime, type TimeSplit, timeQuantile, usersAcross } from '../../learn/data/time-split.ts';
import { HELD_BACK_USERS } from '../../learn/hybrid/train-model.ts';

/** At most this share of the rows, the newest, is held back. */
const LEAST_TRAINED = 0.8;
/** Share that is trained on where the model in service knows nearly everything already. */
const USUALLY_TRAINED = 0.9;
/** With fewer users on both sides of the moment when the model in service was trained, that moment is no split. */
const LEAST_FRESH_USERS = 200;

/**
 * The moment before which the evaluation trains. Where enough has happened since the model in service was trained, it is
 * that moment (but not before 80 % of the rows), so that neither model has seen what is held back; otherwise that of the newest tenth.
 */
export const splitMoment = (log: InteractionLog, inServiceKnowsUntil: number | undefined): number => {
  const usual = timeQuantile(log, USUALLY_TRAINED);
  if (inServiceKnowsUntil === undefined) return usual;
  const since = Math.max(inServiceKnowsUntil + 1, timeQuantile(log, LEAST_TRAINED));
  return usersAcross(log, since) >= LEAST_FRESH_USERS ? since : usual;
};

/** The time-split holdout; undefined where the rows' times leave nobody to ask. */
export const holdOut = (
  log: InteractionLog,
  inServiceKnowsUntil: number | undefined,
): TimeSplit | undefined => {
  if (log.columns.size === 0) return undefined;
  const split = splitByTime(log, splitMoment(log, inServiceKnowsUntil), HELD_BACK_USERS);
  return split.users.length > 0 ? split : undefined;
};
