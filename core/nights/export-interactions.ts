import { engagementOf, signalOf } from '../profile/signals.ts';
import type { Interaction } from '../profile/types.ts';
import { type ExportRow, type ExportUser, keys, type NightPorts, type NightStep } from './ports.ts';

const REPORT_EVERY = 20_000;

const rowOf = (userId: string, interaction: Interaction): ExportRow | undefined => {
  const strength = signalOf(interaction);
  if (!interaction.contentId || strength <= 0) return undefined;
  return {
    u: userId,
    i: interaction.contentId,
    w: Math.round(strength * 1000) / 1000,
    t: interaction.occurredAt,
    e: Math.round(engagementOf(interaction) * 1000) / 1000,
  };
};

/**
 * Step `export`: one part of the table's journal pages becomes a shard of training rows and a list of its users.
 * Only contents with a positive signal are rows; each interaction is exported once, however often it was delivered.
 */
export const exportInteractions = async (ports: NightPorts, { runId, shard, shards }: NightStep) => {
  const lastSeen = new Map<string, number>();
  let pages = 0;
  async function* rows(): AsyncGenerator<ExportRow> {
    for await (const { userId, page } of ports.activity.scanPages(shard, shards)) {
      pages += 1;
      if (pages % REPORT_EVERY === 0) ports.progress('export', { shard, pages });
      for (const interaction of page.interactions) {
        lastSeen.set(userId, Math.max(lastSeen.get(userId) ?? 0, interaction.occurredAt));
        const row = rowOf(userId, interaction);
        if (row) yield row;
      }
    }
  }
  const { rows: interactions, bytes } = await ports.objects.putGzipJsonLines(
    `${keys.interactions(runId, shard)}.jsonl.gz`,
    rows(),
  );
  const users: ExportUser[] = [...lastSeen].map(([u, t]) => ({ u, t }));
  await ports.objects.putGzipJsonLines(`${keys.users(runId, shard)}.jsonl.gz`, users);
  ports.progress('exported', { shard, pages, interactions, users: users.length, bytes });
  return { shard, pages, interactions, users: users.length, bytes };
};
