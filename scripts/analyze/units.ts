import { BadInput } from '../evaluate/bad-input.ts';
import type { Columns } from './columns.ts';
import type { AnalyzeOptions } from './options.ts';

/** One unit: its arm (undefined for one that was seen in several), one value and one covariate per metric. */
export type Unit = {
  arm: string | undefined;
  readonly values: number[];
  readonly covariates: (number | undefined)[];
};

/** All units of a file, and of which metrics all values were 0 or 1. */
export type Units = {
  readonly rows: number;
  readonly units: ReadonlyMap<string, Unit>;
  readonly isBinary: readonly boolean[];
};

const WORDS: Readonly<Record<string, number>> = { true: 1, false: 0, yes: 1, no: 0 };

/** The greatest number whose square, added up a million times, is still a number. */
const GREATEST = 1e100;

const numberOf = (text: string): number | undefined => {
  const value = Object.hasOwn(WORDS, text.toLowerCase()) ? WORDS[text.toLowerCase()]! : Number(text);
  return text === '' || !(Math.abs(value) <= GREATEST) ? undefined : value;
};

type Place = { readonly file: string; readonly header: readonly string[]; readonly row: number };

const fault = ({ file, header, row }: Place, column: number, what: string): BadInput =>
  new BadInput(`${file}: row ${row}, column ${JSON.stringify(header[column])}: ${what}`);

const valueAt = (record: readonly string[], column: number, place: Place): number => {
  const text = record[column]!;
  const value = numberOf(text);
  if (value !== undefined) return value;
  throw fault(place, column, text === '' ? 'is empty' : `${JSON.stringify(text)} is no number`);
};

const textAt = (record: readonly string[], column: number, place: Place): string => {
  const text = record[column]!;
  if (text !== '') return text;
  throw fault(place, column, 'is empty');
};

const unitOf = (units: Map<string, Unit>, id: string, arm: string, metrics: number): Unit => {
  const known = units.get(id);
  if (known) {
    if (known.arm !== arm) known.arm = undefined;
    return known;
  }
  const unit: Unit = {
    arm,
    values: new Array(metrics).fill(0),
    covariates: new Array(metrics).fill(undefined),
  };
  units.set(id, unit);
  return unit;
};

/** What was before the experiment is one number of a unit: added up over rows it would depend on what came after. */
const noteCovariate = (unit: Unit, metric: number, value: number, isNew: boolean): boolean => {
  if (isNew) unit.covariates[metric] = value;
  return unit.covariates[metric] === value;
};

const takeRow = (
  record: readonly string[],
  { columns, units, isBinary }: { columns: Columns; units: Map<string, Unit>; isBinary: boolean[] },
  place: Place,
): void => {
  const id = textAt(record, columns.unit, place);
  const isNew = !units.has(id);
  const unit = unitOf(units, id, textAt(record, columns.arm, place), columns.metrics.length);
  columns.metrics.forEach(({ at, asked, covariate }, metric) => {
    const value = valueAt(record, at, place);
    const binary = value === 0 || value === 1;
    if (asked.type === 'binomial' && !binary) throw fault(place, at, `${value} is neither 0 nor 1`);
    if (!binary) isBinary[metric] = false;
    unit.values[metric]! += value;
    if (covariate === undefined) return;
    const same = noteCovariate(unit, metric, valueAt(record, covariate, place), isNew);
    if (!same) throw fault(place, covariate, `differs from an earlier row of ${JSON.stringify(id)}`);
  });
};

/** Adds up rows by unit. @throws BadInput for a value that cannot be used, naming file, row and column */
export const gatherUnits = async (
  rows: AsyncIterable<readonly string[]>,
  { file }: Pick<AnalyzeOptions, 'file'>,
  columnsOfHeader: (header: readonly string[]) => Columns,
): Promise<Units> => {
  const units = new Map<string, Unit>();
  let header: readonly string[] | undefined;
  let columns: Columns | undefined;
  let isBinary: boolean[] = [];
  let row = 0;
  for await (const record of rows) {
    row += 1;
    if (!header || !columns) {
      header = record;
      columns = columnsOfHeader(record);
      isBinary = columns.metrics.map(() => true);
      continue;
    }
    takeRow(record, { columns, units, isBinary }, { file, header, row });
  }
  return { rows: Math.max(0, row - 1), units, isBinary };
};
