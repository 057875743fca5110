import { readFileSync } from 'node:fs';

export type Caller = 'user' | 'service' | 'admin' | 'nobody';

/** A request as the contract writes it, ready to be sent. */
export type LiteralRequest = {
  /** The line of the contract that it comes from. */
  readonly line: string;
  readonly method: string;
  /** Below the base path, with its query. */
  readonly path: string;
  /** The least that a caller has to be; users are `ada`. */
  readonly as: Caller;
  readonly body?: unknown;
};

/** A row of `events/literal-bodies.json`. */
export type LiteralRow = LiteralRequest & {
  /** What later rows need of the answer: a name, and its path. */
  readonly keep?: Readonly<Record<string, string>>;
  /** How long it takes until every function sees the change. */
  readonly seenAfterSeconds?: number;
};

/** Who sends, and how time passes there. */
export type Sender = {
  send(request: LiteralRequest): Promise<LiteralAnswer>;
  wait(seconds: number): Promise<void>;
};

export type LiteralAnswer = { readonly status: number; readonly body: unknown };

const FILE = new URL('../../events/literal-bodies.json', import.meta.url);

/** Every request of the contract's tables, in an order in which each finds what it needs. */
export const literalRows = (): readonly LiteralRow[] =>
  JSON.parse(readFileSync(FILE, 'utf8')) as LiteralRow[];

const HOUR_MS = 3_600_000;

/** `hoursAgo:2` and `daysAhead:20` are moments as seen from `now`, `NOW` is it, `run` differs from run to run; other names are what was kept. */
const filler = (name: string, kept: ReadonlyMap<string, unknown>, now: number): unknown => {
  const [kind, amount] = name.split(':');
  if (kind === 'hoursAgo') return new Date(now - Number(amount) * HOUR_MS).toISOString();
  if (kind === 'daysAhead') return new Date(now + Number(amount) * 24 * HOUR_MS).toISOString();
  if (kind === 'NOW') return new Date(now).toISOString();
  if (kind === 'run') return now.toString(36);
  if (!kept.has(name)) throw new Error(`nothing is kept under "${name}"`);
  return kept.get(name);
};

const WHOLE = /^\$\{([^}]+)\}$/;
const PART = /\$\{([^}]+)\}/g;

/** The same value with its placeholders filled in: a text that is one placeholder becomes what that stands for. */
const filled = (value: unknown, look: (name: string) => unknown): unknown => {
  if (Array.isArray(value)) return value.map((one) => filled(one, look));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner, look)]));
  if (typeof value !== 'string') return value;
  const whole = WHOLE.exec(value)?.[1];
  return whole === undefined ? value.replaceAll(PART, (_, name: string) => String(look(name))) : look(whole);
};

const at = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);

/**
 * Sends the rows one after the other; each may use what earlier answers gave. Answers one line for each request that was
 * not answered by 2xx. `now` in ms.
 */
export const replay = async (
  rows: readonly LiteralRow[],
  { send, wait }: Sender,
  now: number,
): Promise<string[]> => {
  const kept = new Map<string, unknown>();
  const faults: string[] = [];
  for (const { keep = {}, seenAfterSeconds, ...row } of rows) {
    try {
      const look = (name: string) => filler(name, kept, now);
      const request = filled(row, look) as LiteralRequest;
      const { status, body } = await send(request);
      if (status < 200 || status > 299)
        faults.push(`${row.line}: ${status} ${JSON.stringify(body)?.slice(0, 400)}`);
      for (const [name, path] of Object.entries(keep)) {
        const value = at(body, path);
        if (value !== undefined) kept.set(name, value);
      }
      if (seenAfterSeconds !== undefined) await wait(seenAfterSeconds);
    } catch (error) {
      faults.push(`${row.line}: ${(error as Error).message}`);
    }
  }
  return faults;
};
