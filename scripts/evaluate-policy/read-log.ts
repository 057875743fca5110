import { BadInput } from '../evaluate/bad-input.ts';
import type { Names } from './names.ts';
import type { ColumnNames, PolicyOptions } from './options.ts';
import { readRows } from './read-rows.ts';

/** Decisions of a file; names of actions and positions are numbers. */
export type LogRows = {
  readonly contexts: number[];
  readonly actions: number[];
  /** Empty where the file has no such column and it may be absent. */
  readonly rewards: number[];
  readonly propensities: number[];
  /** Name of the column, where there is one. */
  position: string | undefined;
  hasRewards: boolean;
  skipped: number;
};

export type LogNames = { readonly actions: Names; readonly positions: Names };

/** A log that is evaluated, or one that the policy is counted from: with positions where the first one has them. */
export type LogKind = { readonly is: 'log' } | { readonly is: 'policy'; readonly positioned: boolean };

/** The only position where there are none. */
export const NO_POSITION = '';

const nameIn = (header: readonly string[], { asked, usual }: ColumnNames): string | undefined =>
  asked === undefined ? usual.find((name) => header.includes(name)) : asked;

const placeIn = (header: readonly string[], column: ColumnNames, file: string): number => {
  const name = nameIn(header, column);
  const at = name === undefined ? -1 : header.indexOf(name);
  if (at >= 0) return at;
  const wanted = name ?? column.usual.join(' or ');
  throw new BadInput(
    `${file} has no column ${wanted}: name one by --${column.option}; there are ${header.slice(0, 30).join(', ')}`,
  );
};

type Places = { action: number; reward: number; propensity: number; position: number };

/** Where the columns stand; -1 for what is absent and may be. */
const placesOf = (
  header: readonly string[],
  { columns }: Pick<PolicyOptions, 'columns'>,
  { file, kind }: { file: string; kind: LogKind },
): Places => {
  const { action, reward, propensity, position } = columns;
  const place = (column: ColumnNames, needed: boolean): number =>
    needed || column.asked !== undefined || nameIn(header, column) !== undefined
      ? placeIn(header, column, file)
      : -1;
  const isLog = kind.is === 'log';
  const positioned = isLog || kind.positioned;
  return {
    action: place(action, true),
    reward: isLog || header.includes(nameIn(header, reward) ?? '') ? place(reward, true) : -1,
    propensity: isLog ? place(propensity, true) : -1,
    position: position && positioned ? place(position, !isLog) : -1,
  };
};

const numberAt = (text: string, place: string, holds: (value: number) => boolean, rule: string): number => {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value) && holds(value)) return value;
  throw new BadInput(`${place} must be ${rule}, not ${JSON.stringify(text)}`);
};

const textAt = (text: string, place: string): string => {
  const value = text.trim();
  if (value !== '') return value;
  throw new BadInput(`${place} is empty`);
};

/**
 * Reads a log. @throws BadInput naming file, row and column of the first value that cannot be: an action or position that is empty, a
 * reward that is no number, a propensity that is not above 0 and at most 1
 */
export const readLog = async (
  file: string,
  { options, names, kind }: { options: Pick<PolicyOptions, 'columns'>; names: LogNames; kind: LogKind },
): Promise<LogRows> => {
  const log: LogRows = {
    contexts: [],
    actions: [],
    rewards: [],
    propensities: [],
    position: undefined,
    hasRewards: false,
    skipped: 0,
  };
  let header: readonly string[] = [];
  let at: Places = { action: -1, reward: -1, propensity: -1, position: -1 };
  const onRow = (fields: readonly string[], row: number): void => {
    const placeOf = (column: number): string => `${file}, row ${row}: ${header[column]}`;
    const position = at.position < 0 ? NO_POSITION : textAt(fields[at.position]!, placeOf(at.position));
    log.contexts.push(names.positions.numberOf(position));
    log.actions.push(names.actions.numberOf(textAt(fields[at.action]!, placeOf(at.action))));
    if (at.reward >= 0) {
      log.rewards.push(numberAt(fields[at.reward]!, placeOf(at.reward), () => true, 'a number'));
    }
    if (at.propensity >= 0) {
      const inRange = (value: number): boolean => value > 0 && value <= 1;
      const place = placeOf(at.propensity);
      log.propensities.push(numberAt(fields[at.propensity]!, place, inRange, 'above 0 and at most 1'));
    }
  };
  const onHeader = (found: readonly string[]): void => {
    header = found;
    at = placesOf(found, options, { file, kind });
    log.position = found[at.position];
    log.hasRewards = at.reward >= 0;
  };
  log.skipped = await readRows(file, { onHeader, onRow });
  if (log.actions.length === 0) throw new BadInput(`${file} has no rows`);
  return log;
};
