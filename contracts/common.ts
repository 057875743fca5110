import * as z from 'zod';

/** Ids of api.md section 1. */
export const id = z
  .string()
  .regex(/^[A-Za-z0-9._:@-]{1,128}$/, 'must be 1-128 characters of [A-Za-z0-9._:@-]')
  .meta({ description: '1-128 characters of [A-Za-z0-9._:@-]' });

export const isoTime = z.iso.datetime({ offset: true }).meta({ description: 'ISO-8601 time, UTC preferred' });

/** Half a surrogate pair and the noncharacters U+FFFE and U+FFFF are no text: neither table nor queue takes them. */
const isText = (value: string): boolean => value.isWellFormed() && !/[\uFFFE\uFFFF]/.test(value);

export const text = z.string().refine(isText, 'must be well-formed Unicode text');
export const shortText = text.trim().min(1).max(200);
export const longText = text.max(5_000);
export const word = text.trim().min(1).max(100);
export const words = z.array(word).max(50);
export const share = z.number().min(0).max(1);
export const score100 = z.number().min(0).max(100);

export const limit = z.coerce.number().int().min(1).max(100).default(20);
export const cursor = z.string().min(1).max(2_000).optional();
export const pageQuery = { limit, cursor };

/** A list answer: `nextCursor` is null on the last page. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), reason: z.string().optional() });

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype', '']);
const DEEPEST = 8;
/** DynamoDB holds 1e-130 to 1e126; these leave room for sums. */
const [SMALLEST_NUMBER, LARGEST_NUMBER] = [1e-100, 1e100];

const isStorable = (value: number): boolean =>
  value === 0 || (Math.abs(value) >= SMALLEST_NUMBER && Math.abs(value) <= LARGEST_NUMBER);

/** A number of the caller that is stored as it is: 0 to 10^12, as fine as the table can hold. */
export const amount = z
  .number()
  .min(0)
  .max(1e12)
  .refine(isStorable, `must be 0 or at least ${SMALLEST_NUMBER}`);

/** Why a JSON value cannot be stored, or null: too deep, a key that pollutes prototypes, what the table cannot hold. */
const jsonFault = (value: unknown, depth = 0): string | null => {
  if (depth > DEEPEST) return `must not be nested deeper than ${DEEPEST} levels`;
  if (typeof value === 'number') {
    return isStorable(value) ? null : 'has a number that is too large or too small';
  }
  if (typeof value === 'string') return isText(value) ? null : 'has a text that is not well-formed Unicode';
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    if (FORBIDDEN_KEYS.has(key)) return `has a key that is not allowed: "${key}"`;
    if (!isText(key)) return 'has a key that is not well-formed Unicode';
    const fault = jsonFault(inner, depth + 1);
    if (fault) return fault;
  }
  return null;
};

const encoder = new TextEncoder();

const bytesOf = (json: string): number => encoder.encode(json).length;

/** A field of an answer that may be sent back with an edited copy of it. */
export const asRead = z.unknown().optional().meta({ description: 'As it was read; changes nothing' });

/** Free-form JSON object of the caller, bounded in size (bytes of its JSON) and depth. */
export const freeForm = (maxBytes = 16_384) =>
  z
    .custom<Record<string, unknown>>()
    .superRefine((value, context) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        context.addIssue({ code: 'custom', message: 'must be an object' });
        return;
      }
      const fault =
        jsonFault(value) ??
        (bytesOf(JSON.stringify(value)) > maxBytes ? `must be at most ${maxBytes} bytes of JSON` : null);
      if (fault) context.addIssue({ code: 'custom', message: fault });
    })
    .meta({ type: 'object', additionalProperties: true });

/** `mobile`, or an object that names its `type`: both are understood. */
export const device = z
  .union([word, z.looseObject({ type: word })])
  .meta({ description: 'Kind of device, or an object with `type`' });

/** Provenance of every answer that decides something for a user (api.md section 1). */
export const provenance = {
  decisionId: z.string(),
  generatedAt: isoTime,
  source: z.enum(['computed', 'precomputed', 'cache', 'fallback']),
};

export const provenanceHeaders = [
  'Attune-Decision-Id',
  'Attune-Generated-At',
  'Attune-Source',
  'Attune-Reason',
  'Attune-Experiments',
] as const;

/** Answer to a client that holds the same already (`If-None-Match`): no body. */
export const notModified = z
  .undefined()
  .meta({ description: 'Nothing has changed since the answer with this ETag' });
