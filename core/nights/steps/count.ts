import { countUser, withoutConsent } from '../../analytics/count/count-user.ts';
import { countableUser } from '../../analytics/count/countable-user.ts';
import { treeSum } from '../../analytics/number-tree.ts';
import { windowOf } from '../../analytics/periods.ts';
import type { Counters, JudgeDecisions } from '../../analytics/types.ts';
import { countGenerations } from '../../generation/population.ts';
import type { StoredUser } from '../../journal/ports.ts';
import type { SegmentModel } from '../../learn/users/types.ts';
import { allowsTracking, allowsTraining } from '../../privacy/consent.ts';
import type { RunPlan } from '../formats.ts';
import { keys } from '../keys.ts';
import type { NightPorts, NightStep } from '../ports.ts';

const REPORT_EVERY = 5_000;

/** The moment up to which a run counts: its start, the same for every shard and in a repeat. */
export const momentOf = async ({ objects }: Pick<NightPorts, 'objects'>, { runId, now }: NightStep) =>
  ((await objects.getJson(keys.plan(runId))) as RunPlan | undefined)?.startedAt ?? now;

type Counting = { asOf: number; model: SegmentModel | undefined; judge: JudgeDecisions };

const countersOf = async (stored: StoredUser, { asOf, model, judge }: Counting): Promise<Counters> => {
  if (!allowsTracking(stored.profile)) return withoutConsent;
  const window = windowOf(asOf);
  const user = countableUser(stored, window, model);
  const counters = countUser({ ...user, judged: await judge(user.userId, user.decisions) }, window);
  const { generations, profile } = stored;
  return generations && allowsTraining(profile)
    ? { ...counters, generation: countGenerations(generations, user.segments) }
    : counters;
};

/**
 * Step `count`: one part of the table becomes one object of counters, which names no user. Everything is counted from
 * what is stored, so that a repeat gives the same and what arrived late counts on the day it occurred. One user is in
 * memory at a time; those without consent are left out and counted.
 */
export const count = async (ports: NightPorts, judge: JudgeDecisions, step: NightStep) => {
  const { runId, shard, shards } = step;
  const asOf = await momentOf(ports, step);
  const model = (await ports.models.getUserModels())?.segments;
  const total = treeSum<Counters>();
  let seen = 0;
  for await (const stored of ports.activity.scanUsers(shard, shards, { decisions: true })) {
    seen += 1;
    if (seen % REPORT_EVERY === 0) ports.progress('counting', { shard, users: seen });
    total.add(await countersOf(stored, { asOf, model, judge }));
  }
  await ports.objects.putJson(keys.counters(runId, shard), total.sum);
  const users = total.sum.users ?? 0;
  const withoutConsentUsers = total.sum.leftOut?.consent ?? 0;
  ports.progress('counted', { shard, users, withoutConsent: withoutConsentUsers });
  return { shard, users, withoutConsent: withoutConsentUsers };
};
