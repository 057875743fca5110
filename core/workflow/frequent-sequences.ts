import { type ActionLog, actionCount, END } from './action-log.ts';

/** A sequence of neighbouring actions: their codes, and the positions in the log at which it starts. */
export type Sequence = { readonly codes: readonly number[]; readonly starts: readonly number[] };

/** A sequence, and by how many of its occurrences each action follows. */
export type FrequentSequence = Sequence & {
  /** How often all of it but the last action came up. */
  readonly prefixSupport: number;
  readonly followers: ReadonlyMap<number, number>;
};

/** Numbers of actions in a sequence. */
export const SHORTEST = 2;
export const LONGEST = 5;

const FEWEST = 2;
/** In a long log, twice is chance: a sequence has to come up this often per action of the log. */
const LEAST_SHARE = 0.01;

/** The positions grouped by the action that stands `offset` away from them; ends of visits are left out. */
const projected = (
  { codes }: ActionLog,
  starts: readonly number[],
  offset: number,
): Map<number, number[]> => {
  const groups = new Map<number, number[]>();
  for (const start of starts) {
    const code = codes[start + offset] ?? END;
    if (code === END) continue;
    const group = groups.get(code);
    if (group) group.push(start);
    else groups.set(code, [start]);
  }
  return groups;
};

/** True where every occurrence has the same action on the given side: the longer sequence says all that this one says. */
const alwaysExtended = (log: ActionLog, { starts }: Sequence, offset: number): boolean =>
  [...projected(log, starts, offset).values()].some((group) => group.length === starts.length);

const isClosed = (log: ActionLog, sequence: Sequence): boolean =>
  sequence.codes.length === LONGEST ||
  !(alwaysExtended(log, sequence, -1) || alwaysExtended(log, sequence, sequence.codes.length));

/**
 * Closed frequent sequences of two to five neighbouring actions within a visit: support counts occurrences, at least two and
 * 1 % of the log; closed means that no longer one holds it and came up as often. One action repeated is none.
 * Found depth first, each sequence grown from the occurrences of its beginning (PrefixSpan, Pei et al. 2001, without gaps).
 */
export const frequentSequences = (log: ActionLog): FrequentSequence[] => {
  const fewest = Math.max(FEWEST, Math.ceil(LEAST_SHARE * actionCount(log)));
  const found: FrequentSequence[] = [];
  const grow = (sequence: Sequence, prefixSupport: number): void => {
    const { codes, starts } = sequence;
    const next = projected(log, starts, codes.length);
    if (codes.length >= SHORTEST && new Set(codes).size > 1 && isClosed(log, sequence)) {
      const followers = new Map([...next].map(([code, group]) => [code, group.length]));
      found.push({ codes, starts, prefixSupport, followers });
    }
    if (codes.length === LONGEST) return;
    for (const [code, group] of next) {
      if (group.length >= fewest) grow({ codes: [...codes, code], starts: group }, starts.length);
    }
  };
  const everywhere = Array.from(log.codes.keys());
  for (const [code, starts] of projected(log, everywhere, 0)) {
    if (starts.length >= fewest) grow({ codes: [code], starts }, everywhere.length);
  }
  return found;
};

const pairsOf = ({ codes }: Sequence): string[] => codes.slice(1).map((code, i) => `${codes[i]} ${code}`);

/**
 * The most telling first: by the steps that a sequence explains (support * (length - 1)), then support. One whose every
 * step is part of those before it (the same cycle entered elsewhere, a part of a longer one) is left out.
 */
export const mostTelling = (sequences: readonly FrequentSequence[], count: number): FrequentSequence[] => {
  const explained = ({ codes, starts }: Sequence): number => starts.length * (codes.length - 1);
  const ordered = [...sequences].sort(
    (a, b) =>
      explained(b) - explained(a) ||
      b.starts.length - a.starts.length ||
      (a.starts[0] ?? 0) - (b.starts[0] ?? 0),
  );
  const known = new Set<string>();
  const told = ordered.filter((sequence) => {
    const fresh = pairsOf(sequence).filter((pair) => !known.has(pair));
    for (const pair of fresh) known.add(pair);
    return fresh.length > 0;
  });
  return told.slice(0, count);
};
