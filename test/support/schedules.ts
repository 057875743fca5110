import fc from 'fast-check';
import type { Interaction } from '../../core/profile/types.ts';
import type { CutOff } from './cut-off-client.ts';
import { NOON } from './interactions.ts';

/** One attempt at a batch, cut off or not. */
export type Delivery = { batch: number; cutOff: CutOff | null; recompute: boolean };

/** Batches of interactions of a few users, and how they reach two workers. `ticks` interleaves the calls. */
export type Schedule = {
  interactions: Interaction[];
  /** Indexes of interactions; repeats within and across batches happen. */
  batches: number[][];
  deliveries: Delivery[];
  marked: boolean;
  ticks: number[];
};

const HOUR = 3_600_000;

const interactionOf = fc.record({
  user: fc.constantFrom('u1', 'u1', 'u1', 'u2'),
  type: fc.constantFrom('view', 'click', 'complete', 'dismiss', 'purchase', 'like'),
  content: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
  session: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  feature: fc.option(fc.constantFrom('search', 'export'), { nil: undefined }),
  device: fc.option(fc.constantFrom('mobile', 'desktop'), { nil: undefined }),
  rating: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
  durationMs: fc.option(fc.integer({ min: 0, max: 900_000 }), { nil: undefined }),
  hoursAgo: fc.integer({ min: 0, max: 72 }),
});

/** A few interactions that are all disputed, or enough of them that facts are sealed and a ledger run overflows. */
const pool = fc.oneof(
  { weight: 3, arbitrary: fc.array(interactionOf, { minLength: 3, maxLength: 10 }) },
  { weight: 1, arbitrary: fc.array(interactionOf, { minLength: 40, maxLength: 90, size: 'max' }) },
);

const interactions = pool.map((rows) =>
  rows.map(
    ({ user, content, session, hoursAgo, ...rest }, index): Interaction => ({
      ...rest,
      interactionId: `i${index}`,
      userId: user,
      contentId: content === undefined ? undefined : `c${content}`,
      contentType: content === undefined ? undefined : `t${content % 3}`,
      sessionId: session === undefined ? undefined : `${user}-s${session}`,
      occurredAt: NOON - hoursAgo * HOUR,
      receivedAt: NOON,
    }),
  ),
);

const cutOff = fc.record({
  write: fc.integer({ min: 1, max: 6 }),
  when: fc.constantFrom('before' as const, 'after' as const),
});

const delivery = (batches: number): fc.Arbitrary<Delivery> =>
  fc.record({
    batch: fc.integer({ min: 0, max: batches - 1 }),
    cutOff: fc.option(cutOff, { nil: null, freq: 3 }),
    recompute: fc.integer({ min: 0, max: 7 }).map((one) => one === 0),
  });

/** Each batch takes a part of the pool: all of it may come again in another batch. */
const batchOf = (pool: number): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 0, max: pool - 1 }), { minLength: 1, maxLength: pool, size: 'max' });

/** Schedules of two or three batches, each delivered about once before the last, uncut time. */
export const schedules: fc.Arbitrary<Schedule> = fc
  .tuple(interactions, fc.integer({ min: 2, max: 3 }))
  .chain(([all, count]) =>
    fc.record({
      interactions: fc.constant(all),
      batches: fc.array(batchOf(all.length), { minLength: count, maxLength: count }),
      deliveries: fc.array(delivery(count), { minLength: 1, maxLength: count + 1, size: 'max' }),
      marked: fc.boolean(),
      ticks: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 16, maxLength: 16 }),
    }),
  );

const MOST_DELIVERIES = 60;

/**
 * Two workers take deliveries from one queue, and at last every batch once more, uncut; what was cut off (`deliver` answers false)
 * comes back uncut until it is done.
 */
export const deliverAll = async (
  { batches, deliveries }: Schedule,
  deliver: (delivery: Delivery) => Promise<boolean>,
): Promise<void> => {
  const last = batches.map((_, batch): Delivery => ({ batch, cutOff: null, recompute: false }));
  const queue = [...deliveries, ...last];
  let taken = 0;
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      taken += 1;
      if (taken > MOST_DELIVERIES) throw new Error(`Not done after ${taken} deliveries`);
      if (!(await deliver(next))) queue.push({ ...next, cutOff: null });
    }
  };
  await Promise.all([worker(), worker()]);
};
