import { SingleBar } from 'cli-progress';
import type { ApiClient } from './api-client.ts';
import { batches } from './batches.ts';
import { type Checkpoint, checkpoint, fileFacts, type Progress } from './checkpoint.ts';
import { interactionOfRow } from './interaction-of-row.ts';
import { itemOfRow } from './item-of-row.ts';
import type { ImportOptions } from './options.ts';
import { readRows } from './read-rows.ts';
import { type Rejects, rejects } from './rejects.ts';
import { type BulkAnswer, upload } from './upload.ts';

/** What is imported: where it goes, in which portions, and how a row becomes what the endpoint takes. */
type Kind = {
  readonly label: string;
  readonly path: string;
  readonly field: 'interactions' | 'items';
  readonly size: number;
  readonly map: Parameters<typeof batches>[1]['map'];
};

/** How an import of one file went. */
export type Imported = {
  readonly label: string;
  readonly rows: number;
  readonly rejects: Rejects;
  readonly seconds: number;
};

type Job = { readonly file: string; readonly options: ImportOptions; readonly api: ApiClient };

const FOLDER = '.attune-import';
const DAY_MS = 86_400_000;
const DEFAULT_BASE_DAYS = 20;
const LARGEST_CATALOG_BATCH = 1_000;

/**
 * 20 days before today began: recent enough for the users to count as active (30 days), old enough not to look like what
 * rises now (8 days), and the same for every import of one day.
 */
const defaultBaseTime = (): number => Math.floor(Date.now() / DAY_MS) * DAY_MS - DEFAULT_BASE_DAYS * DAY_MS;

const interactionsKind = ({ type, batch }: ImportOptions, { baseTime }: Progress): Kind => ({
  label: 'interactions',
  path: '/personalization/track-interactions',
  field: 'interactions',
  size: batch,
  map: (values, line) => {
    const mapped = interactionOfRow(values, line, { type, baseTime });
    return 'fault' in mapped ? mapped : { payload: mapped.interaction };
  },
});

const catalogKind = ({ itemType, batch }: ImportOptions): Kind => ({
  label: 'catalogue',
  path: '/catalog/items',
  field: 'items',
  size: Math.min(batch, LARGEST_CATALOG_BATCH),
  map: (values) => {
    const mapped = itemOfRow(values, itemType);
    return 'fault' in mapped ? mapped : { payload: mapped.item };
  },
});

const startBar = (label: string, total: number, done: number): SingleBar => {
  const format = `${label} [{bar}] {percentage}% {value}/{total} rows, {rate}/s, {rejected} rejected`;
  const bar = new SingleBar({ format, noTTYOutput: true, notTTYSchedule: 5_000, stream: process.stderr });
  bar.start(Math.max(1, total), done, { rate: 0, rejected: 0 });
  return bar;
};

const progressBefore = async (mark: Checkpoint, options: ImportOptions): Promise<Progress> => {
  const before = options.restart ? undefined : await mark.read();
  if (before) console.error(`Going on after ${before.rows} rows; --restart begins anew (${mark.file})`);
  return before ?? { rows: 0, rejected: 0, baseTime: options.baseTime ?? defaultBaseTime() };
};

const importRows = async (
  job: Job,
  kindOf: (options: ImportOptions, before: Progress) => Kind,
): Promise<Imported> => {
  const { file, options, api } = job;
  const { hash, lines } = await fileFacts(file);
  const mark = checkpoint(FOLDER, [
    hash,
    options.url,
    options.type,
    options.itemType,
    String(options.baseTime),
  ]);
  const before = await progressBefore(mark, options);
  const kind = kindOf(options, before);
  const refused = await rejects(mark.file.replace(/json$/, 'rejected.txt'), before.rejected);
  const bar = startBar(kind.label, lines, before.rows);
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  let { rows } = before;
  await upload({
    batches: batches(readRows(file), { map: kind.map, size: kind.size, skip: before.rows }),
    send: (payloads) => api.post(kind.path, { [kind.field]: payloads }) as Promise<BulkAnswer>,
    concurrency: options.concurrency,
    commit: async (batch, rejected) => {
      await refused.add(rejected);
      rows = batch.endRow;
      await mark.write({ ...before, rows, rejected: refused.count() });
      bar.update(rows, { rate: Math.round((rows - before.rows) / seconds()), rejected: refused.count() });
    },
  })
    .then(() => bar.setTotal(Math.max(1, rows)))
    .finally(() => bar.stop());
  await mark.remove();
  return { label: kind.label, rows, rejects: refused, seconds: seconds() };
};

/** Imports a file of interactions. Goes on after an interrupted import of the same file into the same API. */
export const importInteractions = (job: Job): Promise<Imported> => importRows(job, interactionsKind);

/** Imports a catalogue. */
export const importCatalog = (job: Job): Promise<Imported> => importRows(job, catalogKind);
