import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How far an import of one file into one API has come. */
export type Progress = {
  /** Rows of the file, from its start, that were taken or rejected. */
  readonly rows: number;
  /** Of these, the rejected ones. */
  readonly rejected: number;
  /** Time of `order` 0; kept, so that a later day does not shift the rest of the file. */
  readonly baseTime: number;
};

/** Progress on disk, for one file and one API. */
export type Checkpoint = {
  readonly file: string;
  read(): Promise<Progress | undefined>;
  write(progress: Progress): Promise<void>;
  remove(): Promise<void>;
};

/** What is known of a file before it is read as rows. */
export type FileFacts = { readonly hash: string; readonly lines: number };

const NEWLINE = 10;

/** One pass over the file: SHA-256, and lines for the progress bar. */
export const fileFacts = async (file: string): Promise<FileFacts> => {
  const hash = createHash('sha256');
  let lines = 0;
  for await (const part of createReadStream(file)) {
    hash.update(part as Buffer);
    for (const byte of part as Buffer) if (byte === NEWLINE) lines += 1;
  }
  return { hash: hash.digest('hex'), lines };
};

/** The checkpoint in `folder` for the identity given, e.g. file hash, URL and options that change the rows. */
export const checkpoint = (folder: string, identity: readonly string[]): Checkpoint => {
  const key = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 16);
  const file = join(folder, `${key}.json`);
  return {
    file,
    read: async () => {
      const text = await readFile(file, 'utf8').catch(() => undefined);
      return text === undefined ? undefined : (JSON.parse(text) as Progress);
    },
    write: async (progress) => {
      await mkdir(folder, { recursive: true });
      await writeFile(`${file}.new`, JSON.stringify(progress));
      await rename(`${file}.new`, file);
    },
    remove: () => rm(file, { force: true }),
  };
};
