import type { Behaviour } from '../../profile/behaviour.ts';
import { emptyBehaviour } from '../../profile/behaviour.ts';
import { foldInteractions } from '../../profile/fold/fold-interactions.ts';
import { paymentHistory } from '../../profile/fold/payment-history.ts';
import { REVENUE_TYPES } from '../../profile/fold/signal-table.ts';
import type { CountedInteraction } from '../../profile/types.ts';
import { behaviourVector } from '../../profile/view/behaviour-vector.ts';
import { lastChoice } from './preference/choice.ts';
import type { PastUser, UserRow } from './types.ts';

/** Digits that a learned model can use; keeps rows small. */
const shortened = (vector: Float64Array): number[] => Array.from(vector, (x) => Math.round(x * 1e5) / 1e5);

const paidWithin = (interactions: readonly CountedInteraction[]): NonNullable<PastUser['paid']> => {
  const paid = interactions.filter(({ type }) => REVENUE_TYPES.has(type));
  return { count: paid.length, value: paid.reduce((sum, { value }) => sum + (value ?? 0), 0) };
};

/** The user at `past`, and what followed until `now`; undefined where nothing had happened by then. */
const pastUser = (
  interactions: readonly CountedInteraction[],
  { past, now }: { past: number; now: number },
): PastUser | undefined => {
  const before = interactions.filter(({ occurredAt }) => occurredAt <= past);
  const after = interactions.filter(({ occurredAt }) => occurredAt > past && occurredAt <= now);
  if (before.length === 0) return undefined;
  const behaviour = foldInteractions(emptyBehaviour(), before);
  const payments = paymentHistory(behaviour, past);
  return {
    v: shortened(behaviourVector(behaviour, past)),
    churned: after.length === 0 ? 1 : 0,
    ...(payments && { payments, paid: paidWithin(after) }),
  };
};

/**
 * What the user models learn from one user: the vector now, and the vector one horizon ago (folded from what had
 * occurred by then only) with what happened since, and the last choice. `interactions` are those still stored, each once, in any order;
 * `behaviour` is the committed one.
 */
export const userRow = (
  { behaviour, interactions }: { behaviour: Behaviour; interactions: readonly CountedInteraction[] },
  { now, horizonMs }: { now: number; horizonMs: number },
): UserRow => {
  const payments = paymentHistory(behaviour, now);
  const past = pastUser(interactions, { past: now - horizonMs, now });
  const choice = lastChoice(interactions, now);
  return {
    v: shortened(behaviourVector(behaviour, now)),
    ...(payments && { payments }),
    ...(past && { past }),
    ...(choice && { choice }),
  };
};
