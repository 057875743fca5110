import type { AskedText, FailedText, StoredText, TextSlot, TextState } from '../../../core/insights/ports.ts';
import { TEXT_DICTIONARY } from '../dictionaries.ts';
import { type Item, key, ttlSeconds, userPartition } from '../keys.ts';
import { packJson, unpackJson } from '../packed-json.ts';

/** Before every text of a user. */
export const TEXT_SORT = 'INSIGHTS#TEXT#';

/** A failure is remembered for longer than it holds up the next attempt: how many there were in a row decides how long the next one does. */
export const FAILURES_KEPT_MS = 2 * 24 * 3_600_000;

/** `INSIGHTS#TEXT#<domain>#<purpose>[#<place>]` */
export const textKey = (userId: string, { domain, purpose, place }: TextSlot) =>
  key(userPartition(userId), `${TEXT_SORT}${[domain, purpose, ...(place === '' ? [] : [place])].join('#')}`);

/** What only the reader of a text needs, deflated. */
type Packed = Pick<StoredText, 'answer' | 'says' | 'means' | 'stated' | 'model' | 'tokens' | 'writtenAt'>;

/** `until` is when what the item holds ends, in ms, for every state: the guard of `askForText` goes by it. */
const base = (userId: string, slot: TextSlot): Item => ({
  ...textKey(userId, slot),
  EntityType: 'InsightText',
  v: 1,
});

export const writtenToItem = (userId: string, slot: TextSlot, text: StoredText): Item => {
  const { state, hash, expiresAt, answer, says, means, stated, model, tokens, writtenAt } = text;
  const packed: Packed = { answer, says, means, stated, model, tokens, writtenAt };
  return {
    ...base(userId, slot),
    state,
    hash,
    until: expiresAt,
    body: packJson(packed, TEXT_DICTIONARY),
    ttl: ttlSeconds(expiresAt),
  };
};

export const failedToItem = (userId: string, slot: TextSlot, failure: FailedText): Item => {
  const { state, hash, why, attempts, until } = failure;
  return {
    ...base(userId, slot),
    state,
    hash,
    why,
    attempts,
    until,
    ttl: ttlSeconds(until + FAILURES_KEPT_MS),
  };
};

const writtenFromItem = (item: Item): StoredText => ({
  state: 'written',
  hash: String(item.hash),
  ...unpackJson<Packed>(item.body, TEXT_DICTIONARY),
  expiresAt: Number(item.until),
});

const askedFromItem = (item: Item): AskedText => ({
  state: 'asked',
  hash: String(item.hash),
  until: Number(item.until),
  ...(item.attempts === undefined ? {} : { attempts: Number(item.attempts) }),
});

const failedFromItem = (item: Item): FailedText => ({
  state: 'failed',
  hash: String(item.hash),
  why: String(item.why) as FailedText['why'],
  attempts: Number(item.attempts),
  until: Number(item.until),
});

/** What the slot holds, or nothing where that has ended. */
export const textFromItem = (item: Item, now: number): TextState | undefined => {
  if (Number(item.until) <= now) return undefined;
  if (item.state === 'written') return writtenFromItem(item);
  return item.state === 'asked' ? askedFromItem(item) : failedFromItem(item);
};
