import type { Caller } from '../../../core/access/caller.ts';
import { type Bucket, rateOf, takeToken } from '../../../core/access/token-bucket.ts';
import { environment } from '../environment.ts';

/** About 2 MB. The caller who asked longest ago is forgotten first: by then the bucket is full again. */
const CALLERS_KEPT = 10_000;

const buckets = new Map<string, Bucket>();

const remember = (name: string, bucket: Bucket): void => {
  buckets.delete(name);
  buckets.set(name, bucket);
  if (buckets.size <= CALLERS_KEPT) return;
  const [oldest] = buckets.keys();
  if (oldest !== undefined) buckets.delete(oldest);
};

/**
 * Counts one request of a caller against `ATTUNE_CALLER_RATE` and `ATTUNE_CALLER_BURST`; answers the seconds to wait, 0
 * where it may go on. The count is this process's alone: it bounds what one caller takes of one instance, as API Gateway's
 * throttle bounds the whole stage.
 */
export const secondsToWait = ({ kind, sub }: Caller, now: number): number => {
  const { ATTUNE_CALLER_RATE: perSecond, ATTUNE_CALLER_BURST: burst } = environment();
  const name = `${kind}:${sub}`;
  const { bucket, retryAfterSeconds } = takeToken(buckets.get(name), now, rateOf(kind, { perSecond, burst }));
  remember(name, bucket);
  return retryAfterSeconds;
};
