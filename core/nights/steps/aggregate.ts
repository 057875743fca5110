import { sumTrees } from '../../analytics/number-tree.ts';
import { activityReport } from '../../analytics/report/activity-report.ts';
import type { Counters } from '../../analytics/types.ts';
import { generationReport } from '../../generation/population.ts';
import { condensedCounts } from '../../rules/performance/condensed-counts.ts';
import type { RunPlan } from '../formats.ts';
import { keys } from '../keys.ts';
import type { NightPorts, NightStep } from '../ports.ts';

/** The counters of every shard of a run. Throws where one is missing: its users would silently be gone from the report. */
const countersOf = async ({ objects }: NightPorts, runId: string): Promise<Counters[]> => {
  const { shards } = (await objects.getJson(keys.plan(runId))) as RunPlan;
  const read = Array.from({ length: shards }, (_, shard) => objects.getJson(keys.counters(runId, shard)));
  const counters = (await Promise.all(read)) as (Counters | undefined)[];
  const missing = counters.flatMap((found, shard) => (found === undefined ? [shard] : []));
  if (missing.length > 0)
    throw new Error(`The run ${runId} was not counted completely: shards ${missing.join(', ')} are missing`);
  return counters as Counters[];
};

/** Step `aggregate`: the sums over all shards become the reports that questions are answered from. */
export const aggregate = async (ports: NightPorts, { runId }: NightStep) => {
  const { analytics, objects } = ports;
  const plan = (await objects.getJson(keys.plan(runId))) as RunPlan | undefined;
  if (plan === undefined) throw new Error(`The run ${runId} was never planned`);
  const asOf = plan.startedAt;
  const sums = sumTrees(await countersOf(ports, runId));
  const report = activityReport(sums, { runId, asOf, previous: await analytics.get('activity') });
  const { segments = {}, everyone = {}, rules = {} } = sums;
  await analytics.put('rules', { runId, asOf, rules: condensedCounts(rules) });
  await analytics.put('segments', { runId, asOf, segments, everyone });
  await analytics.put('generation', generationReport(sums, { runId, asOf }));
  await analytics.put('activity', report);
  const counts = { users: report.users, withoutConsent: report.leftOut.consent, days: report.days.length };
  ports.progress('aggregated', counts);
  return { asOf: new Date(asOf).toISOString(), ...counts };
};
