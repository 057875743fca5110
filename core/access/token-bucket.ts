/** What a caller may still take at once, and when that was worked out. */
export type Bucket = {
  readonly tokens: number;
  /** ms since the epoch */
  readonly at: number;
};

/** Requests that a caller may make in the long run, and how many at once after a pause. */
export type Rate = { readonly perSecond: number; readonly burst: number };

export type Taken = {
  readonly bucket: Bucket;
  readonly allowed: boolean;
  /** Whole seconds after which one more request is allowed; 0 where this one was. */
  readonly retryAfterSeconds: number;
};

const MS = 1_000;

/** Tokens at this moment. A clock that was set back refills nothing and takes nothing away. */
const refilled = (bucket: Bucket | undefined, now: number, { perSecond, burst }: Rate): number => {
  if (!bucket) return burst;
  const passed = Math.max(0, now - bucket.at);
  return Math.min(burst, bucket.tokens + (passed / MS) * perSecond);
};

/**
 * Takes one request out of a token bucket: it holds `burst` at most and refills by `perSecond`. An unknown caller's is full. A request that is refused takes nothing, so that asking again and
 * again does not put off the moment when one is allowed.
 */
export const takeToken = (before: Bucket | undefined, now: number, rate: Rate): Taken => {
  const tokens = refilled(before, now, rate);
  const allowed = tokens >= 1;
  return {
    bucket: { tokens: allowed ? tokens - 1 : tokens, at: now },
    allowed,
    retryAfterSeconds: allowed ? 0 : Math.max(1, Math.ceil((1 - tokens) / rate.perSecond)),
  };
};

/** Services and admins ask for many users: they get ten times what a user gets. */
export const SERVICE_FACTOR = 10;

export const rateOf = (kind: 'user' | 'service' | 'admin', base: Rate): Rate =>
  kind === 'user' ? base : { perSecond: base.perSecond * SERVICE_FACTOR, burst: base.burst * SERVICE_FACTOR };
