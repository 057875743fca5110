import type { Engine } from '../../models/model-card.ts';
import type { ExportPart, ExportSize, RunPlan, Span } from '../formats.ts';
import { keys } from '../keys.ts';
import type { NightPorts, NightSettings, NightStep } from '../ports.ts';

/** What training holds beside the process itself: 10^7 interactions of 10^5 users peaked at 1,364 MB, this allows for 2,050. */
const BYTES_PER_INTERACTION = 150;
const BYTES_PER_USER = 1_500;
const PROCESS_BYTES = 400e6;
/** Reading alone takes ten seconds for each 10^6 on a busy core; beyond this the fifteen minutes get short. */
const MOST_INTERACTIONS = 30_000_000;

/** Interactions that one training function holds; of more, it reads a share of the users. */
export const mostInteractions = ({ trainingMemoryMb }: Pick<NightSettings, 'trainingMemoryMb'>): number =>
  Math.min(MOST_INTERACTIONS, Math.floor((trainingMemoryMb * 1e6 - PROCESS_BYTES) / BYTES_PER_INTERACTION));

/** What is left of the training function's memory for kernels, beside the data themselves. */
export const kernelBytes = (
  { trainingMemoryMb }: Pick<NightSettings, 'trainingMemoryMb'>,
  interactions: number,
): number => Math.max(0, trainingMemoryMb * 1e6 - PROCESS_BYTES - interactions * BYTES_PER_INTERACTION);

type Counted = { interactions: number; users: number };

/** Which engine trains on so much, and why. */
export const engineFor = (
  { interactions, users }: Counted,
  { engine, trainingMemoryMb }: Pick<NightSettings, 'engine' | 'trainingMemoryMb'>,
): { engine: Engine; reason: string } => {
  if (engine !== 'auto') return { engine, reason: `the setting asks for ${engine}` };
  const bytes = PROCESS_BYTES + interactions * BYTES_PER_INTERACTION + users * BYTES_PER_USER;
  const needed = `${interactions} interactions of ${users} users need about ${Math.ceil(bytes / 1e6)} MB`;
  if (bytes > trainingMemoryMb * 1e6)
    return {
      engine: 'spark',
      reason: `${needed}, more than the ${trainingMemoryMb} MB of the training function`,
    };
  if (interactions > MOST_INTERACTIONS)
    return {
      engine: 'spark',
      reason: `${interactions} interactions take longer than the training function may run`,
    };
  return { engine: 'lambda', reason: `${needed} of ${trainingMemoryMb} MB` };
};

/** Every part of a run's export. Throws where one is missing: the export did not finish. */
export const exportParts = async ({ objects }: NightPorts, runId: string): Promise<ExportPart[]> => {
  const found = await objects.list(keys.parts(runId));
  const parts = (await Promise.all(found.map((key) => objects.getJson(key)))) as ExportPart[];
  const planned = ((await objects.getJson(keys.plan(runId))) as RunPlan | undefined)?.shards ?? parts.length;
  const missing = Array.from({ length: planned }, (_, shard) => shard).filter(
    (shard) => !parts.some((part) => part.shard === shard),
  );
  if (parts.length === 0 || missing.length > 0)
    throw new Error(
      `The export of ${runId} is not complete: shards ${missing.join(', ') || 'all'} are missing`,
    );
  return parts.sort((a, b) => a.shard - b.shard);
};

const earliest = (parts: readonly Span[]): number | null =>
  parts.reduce<number | null>((first, { firstAt }) => Math.min(first ?? Infinity, firstAt ?? Infinity), null);

const finite = (at: number | null): number | null => (at !== null && Number.isFinite(at) ? at : null);

/** The sums of an export's parts. */
export const sizeOf = (parts: readonly ExportPart[]) => {
  const sum = (count: (part: ExportPart) => number) => parts.reduce((total, part) => total + count(part), 0);
  return {
    interactions: sum(({ interactions }) => interactions),
    users: sum(({ users }) => users),
    shards: parts.length,
    firstAt: finite(earliest(parts)),
    lastAt: finite(Math.max(...parts.map(({ lastAt }) => lastAt ?? -Infinity))),
    leftOut: { consent: sum(({ leftOut }) => leftOut.consent) },
    skipped: {
      withoutContent: sum(({ skipped }) => skipped.withoutContent),
      withoutSignal: sum(({ skipped }) => skipped.withoutSignal),
    },
  };
};

/** Step `size`: adds up the export and decides which engine trains; from here on it is the newest export. */
export const size = async (ports: NightPorts, { runId }: NightStep) => {
  const counted = sizeOf(await exportParts(ports, runId));
  const whole: ExportSize = { runId, ...counted, ...engineFor(counted, ports.settings) };
  await ports.objects.putJson(keys.size(runId), whole);
  await ports.objects.putJson(keys.latest, whole);
  const { engine, interactions, users, shards } = whole;
  ports.progress('size', { engine, interactions, users, shards });
  return { engine, reason: whole.reason, interactions, users, shards };
};
