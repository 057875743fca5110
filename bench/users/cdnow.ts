import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { TextTable } from '../../scripts/evaluate-users/read-table.ts';

/**
 * The CDNOW files as the columns customer, date, amount. They are blank separated: customer (the sample has the customer of the
 * master data first), date, number of CDs, dollars.
 */
export const cdnowTable = (file: string): TextTable => {
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => /^\d{8}$/.test(fields.at(-3) ?? ''))
    .map((fields) => [fields[0]!, fields.at(-3)!, fields.at(-1)!]);
  return { header: ['customer', 'date', 'amount'], rows, skipped: 0, separator: ' ' };
};

/** `node bench/users/cdnow.ts cdnow_sample.txt OUT.csv` writes the file that `npm run evaluate:lifetime` reads. */
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [from, to] = process.argv.slice(2);
  if (from === undefined || to === undefined) throw new Error('Name a CDNOW file and the CSV file to write');
  const { header, rows } = cdnowTable(from);
  writeFileSync(to, [header, ...rows].map((row) => `${row.join(',')}\n`).join(''));
}
