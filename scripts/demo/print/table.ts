import { cut, type Ink, type Paper, padEnd, padStart, widthOf, wrap } from './paper.ts';

/** A cell: its text, and what it is. */
export type Cell = string | readonly [text: string, ink: Ink];

export type Column = { readonly most?: number; readonly align?: 'right' };

const textOf = (cell: Cell): string => (typeof cell === 'string' ? cell : cell[0]);

const GAP = 2;

/** Words that have less room than this go below their row. */
const NARROWEST_WORDS = 24;

const painted = (paper: Paper, cell: Cell, text: string): string =>
  typeof cell === 'string' ? text : paper.paint(cell[1], text);

/**
 * Rows under each other, cut to the widths of `columns`; the last cell of a row is wrapped into what is left of the
 * line, or below it where little is left. `indent` in columns.
 */
export const table = (
  paper: Paper,
  rows: readonly (readonly Cell[])[],
  { columns = [], indent = 5 }: { columns?: readonly Column[]; indent?: number } = {},
): string[] => {
  const last = Math.max(...rows.map((row) => row.length)) - 1;
  const widths = Array.from({ length: last }, (_, at) =>
    Math.min(columns[at]?.most ?? 40, Math.max(...rows.map((row) => widthOf(textOf(row[at] ?? ''))))),
  );
  const taken = indent + widths.reduce((sum, width) => sum + width + GAP, 0);
  const beside = paper.width - taken >= NARROWEST_WORDS;
  const margin = beside ? taken : indent + 4;
  const room = paper.width - margin;
  return rows.flatMap((row) => {
    const head = widths.map((width, at) => {
      const cell = row[at] ?? '';
      const text = cut(textOf(cell), width);
      const padded = columns[at]?.align === 'right' ? padStart(text, width) : padEnd(text, width);
      return painted(paper, cell, padded) + ' '.repeat(GAP);
    });
    const cell = row[last] ?? '';
    const lines = wrap(textOf(cell), room);
    const [first = '', ...more] = beside ? lines : ['', ...lines.filter((line) => line !== '')];
    return [
      ' '.repeat(indent) + head.join('') + painted(paper, cell, first),
      ...more.map((line) => ' '.repeat(margin) + painted(paper, cell, line)),
    ];
  });
};
