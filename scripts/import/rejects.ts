import { appendFile, mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** One line that was not imported, with the reason. */
export type Reject = { readonly line: number; readonly reason: string };

/** Lines that were not imported: all in a file, the first ones for the screen. */
export type Rejects = {
  readonly file: string;
  readonly count: () => number;
  /** The first ones, as text. */
  readonly shown: () => readonly string[];
  add(rows: readonly Reject[]): Promise<void>;
};

const SHOWN = 20;

/** Goes on with the list of an interrupted import that held `count` lines; 0 starts an empty one. */
export const rejects = async (file: string, count: number): Promise<Rejects> => {
  if (count === 0) await rm(file, { force: true });
  await mkdir(dirname(file), { recursive: true });
  const shown: string[] = [];
  let total = count;
  return {
    file,
    count: () => total,
    shown: () => shown,
    add: async (rows) => {
      if (rows.length === 0) return;
      total += rows.length;
      const lines = rows.map(({ line, reason }) => `line ${line}: ${reason}`);
      shown.push(...lines.slice(0, SHOWN - shown.length));
      await appendFile(file, `${lines.join('\n')}\n`);
    },
  };
};
