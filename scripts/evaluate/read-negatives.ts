import { BadInput, makeSkipped, type Skipped, skip } from './bad-input.ts';
import { eachLine } from './lines.ts';

export type Negatives = { byUser: Map<string, string[]>; skipped: Skipped };

/** The first cell of a line in the form of NCF's published files: `(user,item)`. */
const PAIR = /^\((.+),[^,]*\)$/;

/** Reads `user item1 item2 ...` per line, with or without a header; several lines of a user add up. */
export function readNegatives(file: string): Negatives {
  const byUser = new Map<string, string[]>();
  const skipped = makeSkipped();
  eachLine(file, (buffer, start, end, line) => {
    const [first = '', ...items] = cellsOf(buffer.toString('utf8', start, end));
    if (first === '' || (line === 1 && first.toLowerCase() === 'user')) return;
    const user = PAIR.exec(first)?.[1] ?? first;
    if (items.length === 0) return skip(skipped, line, 'no items');
    const known = byUser.get(user);
    if (known === undefined) byUser.set(user, items);
    else known.push(...items);
  });
  if (byUser.size === 0) throw new BadInput(`${file} has no line of a user and items`);
  for (const [user, items] of byUser) byUser.set(user, [...new Set(items)]);
  return { byUser, skipped };
}

/** Separated by tabs; by spaces or commas where there is no tab, or where all items share one cell. */
function cellsOf(line: string): string[] {
  const byTab = line.split('\t').map((cell) => cell.trim());
  if (byTab.length > 2) return byTab.filter((cell, at) => at === 0 || cell !== '');
  const [first = '', rest] = byTab;
  if (rest !== undefined) return [first, ...rest.split(/[\s,]+/).filter((cell) => cell !== '')];
  return first.split(/\s+/).filter((cell) => cell !== '');
}
