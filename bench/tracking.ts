/**
 * What tracking uses of the table, in units that hold on any machine: `npm run bench:tracking`.
 * The real core and adapters on the embedded table, in memory; figures of design.md section 9.
 */
import { fixed, tableText } from './live/table-text.ts';
import { type BatchUse, bulkTracking } from './tracking/bulk.ts';
import { type MeteredTable, meteredTable } from './tracking/metered-table.ts';
import { SINGLE_FIGURE, type StageUse, singleTracking } from './tracking/single.ts';
import { DETAILS, type Detail } from './tracking/visits.ts';
import { memoryTable } from './units/memory-table.ts';
import type { TableUse } from './units/table-use.ts';

const SEED = 20_261_121;
const USERS = 2;
const BULK = { users: 50, perUser: 10, batches: 10 };
const BULK_FIGURE = 0.4;

const say = (text: string): void => console.log(text);

const useColumns = ({ roundTrips, readUnits, writeUnits }: TableUse): string[] => [
  fixed(roundTrips, 2),
  fixed(readUnits, 2),
  fixed(writeUnits, 2),
];

const singleRow = ({ name, mean, mostWriteUnits, shareAbove }: StageUse): string[] => [
  `  ${name}`,
  ...useColumns(mean),
  fixed(mostWriteUnits, 0),
  `${fixed(100 * shareAbove, 1)} %`,
];

const saySingle = async (table: MeteredTable): Promise<void> => {
  const rows = [
    ['one interaction', 'round trips', 'read units', 'write units', 'most', `above ${SINGLE_FIGURE}`],
  ];
  for (const [index, detail] of DETAILS.entries()) {
    const stages = await singleTracking(table, { detail, users: USERS, seed: SEED + 1000 * index });
    rows.push([detail, '', '', '', '', ''], ...stages.map(singleRow));
  }
  say(tableText(rows));
  say(`figure: at most ${SINGLE_FIGURE} write units\n`);
};

const bulkRows = (detail: Detail, uses: readonly BatchUse[]): string[][] => [
  [detail, '', '', '', ''],
  ...[0, 1, 4, uses.length - 1].flatMap((batch) => {
    const use = uses[batch];
    return use ? [[`  batch ${batch + 1}`, ...useColumns(use.perInteraction), String(use.messages)]] : [];
  }),
];

const sayBulk = async (table: MeteredTable): Promise<void> => {
  const rows = [['bulk, per interaction', 'round trips', 'read units', 'write units', 'messages']];
  for (const [index, detail] of DETAILS.entries()) {
    rows.push(
      ...bulkRows(detail, await bulkTracking(table, { detail, size: BULK, seed: SEED + 7000 + index })),
    );
  }
  say(tableText(rows));
  say(
    `${BULK.users} users, ${BULK.perUser} interactions each per batch; figure: at most ${BULK_FIGURE} write units`,
  );
};

const table = await memoryTable();
await saySingle(meteredTable(table));
await sayBulk(meteredTable(table));
await table.close();
