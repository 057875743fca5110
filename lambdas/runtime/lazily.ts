/** Makes a value at the first call and keeps it; a failed attempt is not kept, so that the next call tries again. */
export const lazily = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/**
 * Keeps a loaded value for `ttlMs`; concurrent callers share one load. When a reload fails, the value before is
 * served on: stale shared data beats no answer. `load` receives the value before. `fresh` loads whatever the age.
 */
export const revalidated = <T>(load: (before: T | undefined) => Promise<T>, ttlMs: () => number) => {
  let kept: { value: T; at: number } | undefined;
  let loading: Promise<T> | undefined;
  const reload = async (now: number): Promise<T> => {
    try {
      const value = await load(kept?.value);
      kept = { value, at: now };
      return value;
    } catch (error) {
      if (!kept) throw error;
      kept = { ...kept, at: now };
      return kept.value;
    } finally {
      loading = undefined;
    }
  };
  const fresh = (now: number): Promise<T> => {
    loading ??= reload(now);
    return loading;
  };
  const read = async (now: number): Promise<T> => (kept && now - kept.at < ttlMs() ? kept.value : fresh(now));
  return Object.assign(read, { fresh });
};
