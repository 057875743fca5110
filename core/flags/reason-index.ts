import type { ValueReason, ValueSource } from '../config/types.ts';

/** From the least to the most that somebody decided on purpose. */
const STRENGTH: readonly ValueSource[] = ['default', 'behaviour', 'stated', 'rule', 'experiment'];

const isStronger = (one: ValueReason, other: ValueReason | undefined): boolean =>
  other === undefined || STRENGTH.indexOf(one.source) > STRENGTH.indexOf(other.source);

/** `a.b.c` -> `a.b`, `a`, and the empty path of the whole. */
const pathsAbove = (path: string): string[] => {
  const above: string[] = [];
  for (let end = path.lastIndexOf('.'); end > 0; end = path.lastIndexOf('.', end - 1))
    above.push(path.slice(0, end));
  return [...above, ''];
};

/** Finds the reason of any value of a config, in time that does not depend on how many there are. */
export type ReasonIndex = (path: string) => ValueReason;

/**
 * Reasons by path. A value that was set by itself has its own; a group has the strongest of those in it, and so has the whole (the empty
 * path); a part of what was set as one has the reason of that.
 */
export const reasonIndex = (reasons: readonly ValueReason[]): ReasonIndex => {
  const own = new Map<string, ValueReason>();
  const strongest = new Map<string, ValueReason>();
  for (const reason of reasons) {
    own.set(reason.path, reason);
    for (const path of [reason.path, ...pathsAbove(reason.path)])
      if (isStronger(reason, strongest.get(path))) strongest.set(path, reason);
  }
  return (path) => {
    const around = pathsAbove(path).find((above) => own.has(above));
    return (
      strongest.get(path) ??
      own.get(around ?? '') ?? { path, source: 'default', reason: 'Nothing says otherwise' }
    );
  };
};
