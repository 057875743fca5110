export type TimeOfDay = 'morning' | 'afternoon' | 'evening' | 'night';

const WORDS: Readonly<Record<TimeOfDay, readonly string[]>> = {
  morning: ['morning', 'early morning', 'dawn', 'breakfast', 'am'],
  afternoon: ['afternoon', 'noon', 'midday', 'lunch', 'lunchtime', 'pm'],
  evening: ['evening', 'dusk', 'dinner'],
  night: ['night', 'late night', 'midnight'],
};

const byWord: ReadonlyMap<string, TimeOfDay> = new Map(
  (Object.entries(WORDS) as [TimeOfDay, readonly string[]][]).flatMap(([time, words]) =>
    words.map((word) => [word, time] as const),
  ),
);

const timeAt = (hour: number): TimeOfDay => {
  if (hour >= 5 && hour < 12) return 'morning';
  if (hour >= 12 && hour < 17) return 'afternoon';
  return hour >= 17 && hour < 22 ? 'evening' : 'night';
};

/** `9`, `09:30`, `9.30`, `0930`, `9h30`, `09:30:15`, each with `am` or `pm` behind it. */
const CLOCK = /^(\d{1,2})(?:[:.h]?([0-5]\d))?(?:[:.][0-5]\d)?h?\s*(am|pm|a\.m\.|p\.m\.)?$/;
/** A date and a time, as ISO 8601 writes them; the clock on it is the user's. */
const DATED = /^\d{4}-\d{2}-\d{2}[t ](\d{2}:\d{2})/;

const hourOf = (hour: number, half: string | undefined): number | undefined => {
  if (half === undefined) return hour <= 24 ? hour % 24 : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half.startsWith('p') ? 12 : 0);
};

/** The part of the day that a word or a time of day means; undefined for what is neither. */
export const timeOfDay = (said: string): TimeOfDay | undefined => {
  const text = said.trim().toLowerCase().slice(0, 40);
  const word = byWord.get(text.replaceAll(/[\s_-]+/g, ' '));
  if (word !== undefined) return word;
  const [, hours, , half] = CLOCK.exec(DATED.exec(text)?.[1] ?? text) ?? [];
  const hour = hours === undefined ? undefined : hourOf(Number(hours), half);
  return hour === undefined ? undefined : timeAt(hour);
};
