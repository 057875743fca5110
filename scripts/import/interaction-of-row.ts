import { createHash } from 'node:crypto';

/** Settings that rows fall back to. */
export type RowDefaults = {
  readonly type: string;
  /** Time of `order` 0, milliseconds since the epoch. */
  readonly baseTime: number;
};

type Values = Readonly<Record<string, unknown>>;

/** An interaction as the bulk endpoint takes it, or why there is none in the row. */
export type Mapped = { readonly interaction: Record<string, unknown> } | { readonly fault: string };

const MINUTE_MS = 60_000;
/** Numbers below this are seconds since the epoch, above it milliseconds: as seconds it is the year 5138. */
const LARGEST_SECONDS = 1e11;

const names = {
  userId: ['userId', 'user_id', 'user'],
  contentId: ['contentId', 'content_id', 'item_id', 'itemId', 'item'],
  time: ['occurredAt', 'occurred_at', 'timestamp', 'time'],
} as const;

const texts = [
  'type',
  'contentType',
  'feature',
  'feedback',
  'sessionId',
  'device',
  'recommendationId',
  'decisionId',
  'interactionId',
];
const numbers = ['value', 'rating', 'completionRate', 'durationMs', 'scrollDepth', 'clicksCount', 'position'];

const present = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

const firstOf = (values: Values, columns: readonly string[]): unknown =>
  columns.map((column) => values[column]).find(present);

const timeOf = (value: unknown): number => {
  const number = Number(value);
  if (Number.isNaN(number)) return Date.parse(String(value));
  return number < LARGEST_SECONDS ? number * 1000 : number;
};

/** When it happened, in milliseconds; undefined where the row does not say, NaN where it cannot be read. */
const occurredAt = (values: Values, { baseTime }: RowDefaults): number | undefined => {
  const time = firstOf(values, names.time);
  if (time !== undefined) return timeOf(time);
  return present(values.order) ? baseTime + Number(values.order) * MINUTE_MS : undefined;
};

/** The same row at the same place has the same id, so that importing it again does not count it again. */
const idOf = (values: Values, line: number): string =>
  `import-${createHash('sha256')
    .update(`${line} ${JSON.stringify(values)}`)
    .digest('hex')
    .slice(0, 32)}`;

const fieldsOf = (values: Values): Record<string, unknown> => {
  const fields: Record<string, unknown> = {};
  for (const name of texts) if (present(values[name])) fields[name] = String(values[name]);
  for (const name of numbers) if (present(values[name])) fields[name] = Number(values[name]);
  return fields;
};

/** Maps a row by the names of its columns. */
export const interactionOfRow = (values: Values, line: number, defaults: RowDefaults): Mapped => {
  const [userId, contentId] = [firstOf(values, names.userId), firstOf(values, names.contentId)];
  if (userId === undefined) return { fault: `names no user (a column called ${names.userId.join(', ')})` };
  const fields = fieldsOf(values);
  if (contentId === undefined && fields.feature === undefined) {
    return { fault: `names no item (a column called ${names.contentId.join(', ')})` };
  }
  const faulty = numbers.find((name) => Number.isNaN(fields[name]));
  if (faulty) return { fault: `${faulty} is not a number` };
  const time = occurredAt(values, defaults);
  if (time !== undefined && !(Math.abs(time) <= 8.64e15))
    return { fault: 'the time or the order cannot be read' };
  return {
    interaction: {
      interactionId: idOf(values, line),
      type: defaults.type,
      userId: String(userId),
      ...(contentId === undefined ? {} : { contentId: String(contentId) }),
      ...fields,
      ...(time === undefined ? {} : { occurredAt: new Date(time).toISOString() }),
    },
  };
};
