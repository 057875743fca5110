import type { ActiveUser } from './formats.ts';
import { keys } from './keys.ts';
import type { NightPorts, NightStep } from './ports.ts';
import { latestExport } from './steps/plan.ts';

/** Users who were not seen for longer get their answer computed when they come back. */
export const ACTIVE_DAYS = 30;
export const DAY_MS = 86_400_000;

/** Lists of active users of this run's export or, where it made none, of the newest. */
const listsOf = async (ports: NightPorts, runId: string): Promise<string[]> => {
  const own = await ports.objects.list(keys.activePrefix(runId));
  if (own.length > 0) return own;
  const latest = await latestExport(ports);
  return latest ? ports.objects.list(keys.activePrefix(latest.runId)) : [];
};

/** This shard's part of the users who were active lately. */
export const activeUsers = async (
  ports: NightPorts,
  { runId, shard, shards, now }: NightStep,
): Promise<string[]> => {
  const users: string[] = [];
  for (const [index, key] of (await listsOf(ports, runId)).entries()) {
    if (index % shards !== shard) continue;
    for await (const line of ports.objects.readJsonLines(key)) {
      const { u, t } = line as ActiveUser;
      if (t >= now - ACTIVE_DAYS * DAY_MS) users.push(u);
    }
  }
  return users;
};
