import { rounded } from '../profile/view/curves.ts';
import { type ActionLog, END } from './action-log.ts';
import { type FrequentSequence, frequentSequences, LONGEST } from './frequent-sequences.ts';

/** A way that the user always goes by the same steps and that could be one step. */
export type Shortcut = {
  from: string;
  to: string;
  /** The steps between, in order. */
  skips: string[];
  support: number;
  /** 0-1: of all ways from `from` to `to` in at most four steps, how many took exactly these. */
  share: number;
  stepsSaved: number;
  /** Median time from the first step between until `to` was reached. */
  secondsSaved: number;
  reason: string;
};

const FEWEST = 3;
/** Below this share the user goes other ways as well. */
const LEAST_SHARE = 0.8;
const SHOWN = 5;

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
};

/** How often `to` is reached from `from` with one to three steps between, whatever they are. */
const waysBetween = ({ codes }: ActionLog, from: number, to: number): number => {
  let ways = 0;
  codes.forEach((code, start) => {
    if (code !== from) return;
    for (let next = start + 1; next < start + LONGEST; next++) {
      const reached = codes[next] ?? END;
      if (reached === END || reached === from) return;
      if (reached !== to) continue;
      ways += next > start + 1 ? 1 : 0;
      return;
    }
  });
  return ways;
};

const spoken = (seconds: number): string =>
  seconds < 90 ? `${Math.max(1, Math.round(seconds))} seconds` : `${Math.round(seconds / 60)} minutes`;

const reasonOf = ({ from, to, skips, support, share, secondsSaved }: Omit<Shortcut, 'reason'>): string => {
  const always = share === 1 ? 'every time' : `in ${Math.round(100 * share)} % of the cases`;
  const time = secondsSaved > 0 ? ` and about ${spoken(secondsSaved)}` : '';
  const steps = skips.length === 1 ? '1 step' : `${skips.length} steps`;
  return `From ${from} to ${to} you went through ${skips.join(', ')} ${always} (${support} times): a direct way saves ${steps}${time}`;
};

const shortcutOf = (log: ActionLog, { codes, starts }: FrequentSequence): Shortcut => {
  const [first = END, last = END] = [codes[0], codes.at(-1)];
  const nameOf = (code: number): string => log.names[code] ?? '';
  const between = starts.map((start) => {
    const [began, reached] = [log.times[start + 1] ?? 0, log.times[start + codes.length - 1] ?? 0];
    return (reached - began) / 1000;
  });
  const plain = {
    from: nameOf(first),
    to: nameOf(last),
    skips: codes.slice(1, -1).map(nameOf),
    support: starts.length,
    share: rounded(starts.length / Math.max(starts.length, waysBetween(log, first, last)), 4),
    stepsSaved: codes.length - 2,
    secondsSaved: rounded(median(between), 1),
  };
  return { ...plain, reason: reasonOf(plain) };
};

/** A way from one action to another that leads straight on: neither end comes up between. */
const isWay = ({ codes }: FrequentSequence): boolean => {
  const ends = [codes[0], codes.at(-1)];
  return ends[0] !== ends[1] && codes.slice(1, -1).every((code) => !ends.includes(code));
};

/**
 * Sequences of three to five actions, at least three times, whose steps between are the same in 80 % of all ways from the first to
 * the last action. Steps that reach something themselves (`reaches`, by name: a completion, a purchase) are no detour.
 * Most steps saved in all first; one within another is left out.
 */
export const shortcuts = (log: ActionLog, reaches: (action: string) => boolean): Shortcut[] => {
  const found = frequentSequences(log)
    .filter((way) => way.codes.length > 2 && way.starts.length >= FEWEST && isWay(way))
    .map((way) => shortcutOf(log, way))
    .filter(({ share, skips }) => share >= LEAST_SHARE && !skips.some(reaches))
    .sort((a, b) => b.support * b.stepsSaved - a.support * a.stepsSaved || b.secondsSaved - a.secondsSaved);
  const keyOf = ({ from, skips, to }: Shortcut): string =>
    ` ${JSON.stringify([from, ...skips, to]).slice(1, -1)},`;
  return found
    .filter((one, i) => !found.slice(0, i).some((before) => keyOf(before).includes(keyOf(one).slice(1))))
    .slice(0, SHOWN);
};
