export type * from '../../core/catalog/ports.ts';
export type * from '../../core/decisions/ports.ts';
export type * from '../../core/profile/ports.ts';
export type * from '../../core/recommend/ports.ts';

export type IdempotencyKey = { readonly caller: string; readonly key: string };

export type Begun<Answer = unknown> =
  /** The caller does the work, then `complete` (or `release` when it failed). `firstAt`: when the first attempt began (ms), which may have died. */
  | { readonly state: 'started'; readonly firstAt: number }
  /** It was done before. */
  | { readonly state: 'completed'; readonly answer: Answer }
  /** Another request with this key is at work. */
  | { readonly state: 'in progress' };

export type IdempotencyStore = {
  /** @throws Conflict when the key came with another body before */
  begin(id: IdempotencyKey, bodyHash: string, now: number): Promise<Begun>;
  /** Keeps the answer for 24 hours. One that is too large to keep (300 KB deflated) is not: a repeat is then worked again. */
  complete(id: IdempotencyKey, bodyHash: string, answer: unknown, now: number): Promise<void>;
  /** Lets a retry run after an attempt that may have done some of its work; it goes on from the same `firstAt`. */
  giveUp(id: IdempotencyKey): Promise<void>;
  /** Forgets an attempt that failed, so that a retry may run. */
  release(id: IdempotencyKey): Promise<void>;
};

export type SettingsStore = {
  /** The random key that signs cursors; made once, by whoever asks first, from `candidate` (a base64 string). */
  cursorKey(candidate: () => string): Promise<string>;
  /** The random key of the pseudonyms in training data; made likewise. */
  pseudonymKey(candidate: () => string): Promise<string>;
};
