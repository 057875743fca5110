import { parseArgs } from 'node:util';

/** What the import was asked to do. */
export type ImportOptions = {
  readonly interactions?: string;
  readonly catalog?: string;
  /** With the base path, e.g. `https://HOST/api`. */
  readonly url: string;
  readonly token?: string;
  readonly batch: number;
  readonly concurrency: number;
  /** Type of interactions whose row names none. */
  readonly type: string;
  /** Type of catalogue items whose row names none. */
  readonly itemType: string;
  /** Time of `order` 0, where rows have an order and no time; milliseconds since the epoch. */
  readonly baseTime?: number;
  /** Forget what an interrupted import left behind. */
  readonly restart: boolean;
};

export const usage = `npm run import -- --interactions FILE --catalog FILE [options]

  --interactions FILE  TSV, CSV or JSON lines with a user, an item and, where there are any, type, value or rating,
                       timestamp or order
  --catalog FILE       JSON lines, TSV or CSV with an item and, where there are any, type, title, tags, ...
  --url URL            base path of the API (default http://localhost:3000/api)
  --token TOKEN        token of a service (interactions) or an admin (catalogue); a local server gives one by itself
  --type NAME          type of interactions that name none (default purchase)
  --item-type NAME     type of items that name none (default product)
  --base-time TIME     ISO time of order 0, for files with an order and no time
  --batch N            interactions in a request, at most 5000 (default 5000)
  --concurrency N      requests side by side (default 4)
  --restart            begin anew instead of going on where an interrupted import stopped`;

/** The command line cannot be understood; the message says why. */
export class BadUsage extends Error {}

const options = {
  interactions: { type: 'string' },
  catalog: { type: 'string' },
  url: { type: 'string', default: 'http://localhost:3000/api' },
  token: { type: 'string' },
  type: { type: 'string', default: 'purchase' },
  'item-type': { type: 'string', default: 'product' },
  'base-time': { type: 'string' },
  batch: { type: 'string', default: '5000' },
  concurrency: { type: 'string', default: '4' },
  restart: { type: 'boolean', default: false },
} as const;

const between = (text: string, most: number, name: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new BadUsage(`--${name} must be a whole number from 1 to ${most}`);
};

const timeOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new BadUsage('--base-time must be an ISO time, e.g. 2026-10-01T00:00:00Z');
  return time;
};

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new BadUsage((error as Error).message);
  }
};

/** @throws BadUsage */
export const importOptions = (args: readonly string[]): ImportOptions => {
  const values = parsed(args);
  if (!values.interactions && !values.catalog)
    throw new BadUsage('Name a file with --interactions or --catalog');
  if (!URL.canParse(values.url)) throw new BadUsage('--url must be a URL');
  return {
    interactions: values.interactions,
    catalog: values.catalog,
    url: values.url.replace(/\/+$/, ''),
    token: values.token,
    type: values.type,
    itemType: values['item-type'],
    baseTime: timeOf(values['base-time']),
    batch: between(values.batch, 5_000, 'batch'),
    concurrency: between(values.concurrency, 64, 'concurrency'),
    restart: values.restart,
  };
};
