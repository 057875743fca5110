/** Answers that are kept for a short while, each with a fingerprint of what it was made from. Times in ms. */
export type DecisionCache<Value> = {
  /** The value of a key while it has not expired and the fingerprint is still the same. */
  get(key: string, fingerprint: string, now: number): { value: Value; expiresAt: number } | undefined;
  set(key: string, entry: { fingerprint: string; value: Value; expiresAt: number }): void;
};

/** Holds `most` entries; the one that was set first goes out first. */
export const decisionCache = <Value>(most: number): DecisionCache<Value> => {
  const entries = new Map<string, { fingerprint: string; value: Value; expiresAt: number }>();
  return {
    get: (key, fingerprint, now) => {
      const entry = entries.get(key);
      return entry && entry.fingerprint === fingerprint && entry.expiresAt > now ? entry : undefined;
    },
    set: (key, entry) => {
      entries.delete(key);
      entries.set(key, entry);
      const [oldest] = entries.keys();
      if (entries.size > most && oldest !== undefined) entries.delete(oldest);
    },
  };
};
