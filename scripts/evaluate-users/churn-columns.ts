import type { RawColumn } from '../../core/learn/users/logistic/logistic-model.ts';
import { BadInput } from '../evaluate/bad-input.ts';
import type { TextTable } from './read-table.ts';

export type ChurnTable = {
  columns: RawColumn[];
  labels: Uint8Array;
  /** Cells without a value, by column, where there are any. */
  blanks: Record<string, number>;
  dropped: { column: string; reason: string }[];
  /** Rows left out: another number of fields than the header, or no label. */
  skippedRows: number;
};

/** Texts that stand for no value. */
const BLANKS = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '?']);
/** A text column with more distinct values than this, and in more than this share of the rows, names the row. */
const NAMES_ROWS = { distinct: 50, share: 0.5 };

const isBlank = (text: string): boolean => BLANKS.has(text.trim().toLowerCase());
const isNumber = (text: string): boolean => Number.isFinite(Number(text.trim()));

type Read = { column: RawColumn; blanks: number } | { dropped: string };

/** Numbers where every value is one, else categories; blanks are missing numbers, or a category of their own. */
const readColumn = (name: string, texts: readonly string[]): Read => {
  const blanks = texts.filter(isBlank).length;
  const known = texts.filter((text) => !isBlank(text));
  const distinct = new Set(known).size;
  if (known.length === 0) return { dropped: 'no value in any row' };
  if (distinct === 1 && blanks === 0) return { dropped: 'the same value in every row' };
  if (known.every(isNumber)) {
    const values = Float64Array.from(texts, (text) => (isBlank(text) ? Number.NaN : Number(text.trim())));
    return { column: { kind: 'numeric', name, values }, blanks };
  }
  if (distinct > NAMES_ROWS.distinct && distinct > NAMES_ROWS.share * texts.length)
    return { dropped: `${distinct} different texts: it names rows` };
  const values = texts.map((text) => (isBlank(text) ? '(blank)' : text.trim()));
  return { column: { kind: 'category', name, values }, blanks };
};

const placeOf = (header: readonly string[], name: string, option: string): number => {
  const place = header.indexOf(name);
  if (place >= 0) return place;
  throw new BadInput(
    `--${option}: there is no column ${JSON.stringify(name)}; there are ${header.join(', ')}`,
  );
};

/** As it is written; in any case (TRUE, True) where it is nowhere written so. */
const isPositive = (texts: readonly string[], positive: string): ((text: string) => boolean) =>
  texts.some((text) => text.trim() === positive)
    ? (text) => text.trim() === positive
    : (text) => text.trim().toLowerCase() === positive.toLowerCase();

const labelsOf = (texts: readonly string[], positive: string): Uint8Array => {
  const isOne = isPositive(texts, positive);
  const labels = Uint8Array.from(texts, (text) => (isOne(text) ? 1 : 0));
  const positives = labels.reduce((sum, label) => sum + label, 0);
  if (positives > 0 && positives < labels.length) return labels;
  const values = [...new Set(texts.map((text) => text.trim()))].slice(0, 10).join(', ');
  throw new BadInput(
    `--positive: ${positives} of ${labels.length} rows are ${JSON.stringify(positive)}; the label has ${values || 'no values'}`,
  );
};

/** The label and the columns to predict it by. @throws BadInput for unknown columns or a label with one outcome */
export const churnTable = (
  { header, rows, skipped }: TextTable,
  { label, positive, drop }: { label: string; positive: string; drop: readonly string[] },
): ChurnTable => {
  const labelAt = placeOf(header, label, 'label');
  const ignored = new Set([labelAt, ...drop.map((name) => placeOf(header, name, 'drop'))]);
  const labelled = rows.filter((row) => !isBlank(row[labelAt]!));
  const table: ChurnTable = {
    columns: [],
    labels: labelsOf(
      labelled.map((row) => row[labelAt]!),
      positive,
    ),
    blanks: {},
    dropped: [],
    skippedRows: skipped + rows.length - labelled.length,
  };
  header.forEach((name, j) => {
    if (ignored.has(j)) return;
    const read = readColumn(
      name,
      labelled.map((row) => row[j]!),
    );
    if ('dropped' in read) {
      table.dropped.push({ column: name, reason: read.dropped });
      return;
    }
    table.columns.push(read.column);
    if (read.blanks > 0) table.blanks[name] = read.blanks;
  });
  if (table.columns.length === 0) throw new BadInput('no column is left to predict the label by');
  return table;
};
