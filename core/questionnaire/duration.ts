import { plainText } from './words.ts';

/** A time span in days, both ends included; `max` is infinite for "no rush". */
export type Days = { readonly min: number; readonly max: number };

const DAY_MS = 86_400_000;

const UNITS: readonly (readonly [days: number, names: RegExp])[] = [
  [1 / 24, /^\s*-?\s*(?:h|hours?|hrs?|stunden?|heures?|horas?|ore|uur)\b/],
  [1, /^\s*-?\s*(?:d|days?|tagen?|tage|tag|jours?|dias?|giorni|giorno|dagen|dag)\b|^\s*(?:天|日)/],
  [7, /^\s*-?\s*(?:w|wks?|weeks?|wochen?|semaines?|semanas?|settiman[ae]|weken|week)\b|^\s*(?:周|週間)/],
  [
    30.4,
    /^\s*-?\s*(?:mo|mos|months?|monaten?|monate|monat|mois|mes|meses|mes[ei]|maanden|maand)\b|^\s*(?:个月|ヶ月|か月)/,
  ],
  [365, /^\s*-?\s*(?:y|yrs?|years?|jahren?|jahre|jahr|ans?|annees?|anos?|ann[oi]|jaar)\b|^\s*年/],
];

const NUMBER_WORDS: readonly (readonly [word: RegExp, digits: string])[] = [
  [/\bhalf an? (?=year|hour)|\bein halbes (?=jahr)/g, '0.5 '],
  [/\b(?:a|an|one|ein|eine|einen|einem|un|une|una|een)\b/g, '1'],
  [/\ba couple of\b/g, '2'],
  [/\b(?:two|zwei|deux|dos|due|twee)\b/g, '2'],
  [/\b(?:three|drei|trois|tres|tre|drie)\b/g, '3'],
  [/\b(?:four|vier|quatre|cuatro|quattro)\b/g, '4'],
  [/\b(?:five|funf|cinq|cinco|cinque|vijf)\b/g, '5'],
  [/\b(?:six|sechs|seis|sei|zes)\b/g, '6'],
  [/\b(?:eight|acht|huit|ocho|otto)\b/g, '8'],
  [/\b(?:nine|neun|neuf|nueve|nove|negen)\b/g, '9'],
  [/\b(?:ten|zehn|dix|diez|dieci|tien)\b/g, '10'],
  [/\b(?:twelve|zwolf|douze|doce|dodici|twaalf)\b/g, '12'],
];

const daysLeft = (now: number, years: number): number =>
  Math.max(30, (Date.UTC(new Date(now).getUTCFullYear() + 1 + years, 0, 1) - now) / DAY_MS);

/** Phrases without a number, the most exact first. */
const PHRASES: readonly (readonly [phrase: RegExp, days: (now: number) => Days])[] = [
  [
    /\b(?:no rush|flexible|any ?time|whenever|no deadline|open|egal|kein zeitdruck|sin prisa|pas presse)\b/,
    () => ({ min: 0, max: Number.POSITIVE_INFINITY }),
  ],
  [/\b(?:today|tomorrow|heute|morgen)\b/, () => ({ min: 0, max: 2 })],
  [/\b(?:this week|diese woche|cette semaine|esta semana)\b/, () => ({ min: 0, max: 7 })],
  [/\b(?:next week|nachste woche)\b/, () => ({ min: 0, max: 14 })],
  [
    /\b(?:asap|as soon as possible|right away|right now|now|immediately|urgent|rush|sofort|so schnell wie moglich|des que possible|cuanto antes|subito)\b/,
    () => ({ min: 0, max: 30 }),
  ],
  [/\b(?:this month|diesen monat|ce mois|este mes)\b/, () => ({ min: 0, max: 30 })],
  [/\b(?:next month|nachsten monat|mois prochain|proximo mes)\b/, () => ({ min: 0, max: 60 })],
  [/\b(?:this quarter|next quarter|dieses quartal|few months)\b/, () => ({ min: 0, max: 120 })],
  [
    /\b(?:this year|dieses jahr|dieser jahr|cette annee|este ano|quest anno|dit jaar|end of (?:the )?year|by christmas)\b/,
    (now) => ({ min: 0, max: daysLeft(now, 0) }),
  ],
  [
    /\b(?:next year|nachstes jahr|annee prochaine|proximo ano|volgend jaar)\b/,
    (now) => ({ min: 0, max: daysLeft(now, 1) }),
  ],
  [
    /\b(?:spring|summer|autumn|fall|winter|fruhling|sommer|herbst|printemps|ete|automne|hiver|primavera|verano|otono|invierno)\b/,
    () => ({ min: 0, max: 270 }),
  ],
  [
    /\b(?:january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|marz|mai|juni|juli|oktober|dezember)\b/,
    () => ({ min: 0, max: 270 }),
  ],
];

const inDigits = (text: string): string =>
  NUMBER_WORDS.reduce((said, [word, digits]) => said.replace(word, digits), text);

/** A single length means a fifth below and above. */
const ABOUT = 0.2;
const NUMBER = /\d+(?:[.,]\d+)?/g;
const UNTIL =
  /\b(?:under|within|up to|less than|at most|max|in|bis|innerhalb|unter|moins de|dans|menos de|en)\b/;
/** Longer than that nobody plans a film, and numbers are years. */
const LONGEST_DAYS = 3_650;

const numbersIn = (text: string): Days | undefined => {
  const found = [...text.matchAll(NUMBER)].map((match) => {
    const rest = text.slice(match.index + match[0].length, match.index + match[0].length + 16);
    const unit = UNITS.find(([, names]) => names.test(rest))?.[0];
    return { value: Number(match[0].replace(',', '.')), unit };
  });
  const last = found.findLast(({ unit }) => unit !== undefined);
  if (!last) return undefined;
  const lengths = found
    .slice(0, found.indexOf(last) + 1)
    .slice(-2)
    .map(({ value, unit = last.unit ?? 1 }) => value * unit)
    .filter((days) => days > 0 && days <= LONGEST_DAYS)
    .sort((a, b) => a - b);
  const [low, high] = lengths;
  if (low === undefined) return undefined;
  if (high !== undefined) return { min: low, max: high };
  return UNTIL.test(text) ? { min: 0, max: low } : { min: low * (1 - ABOUT), max: low * (1 + ABOUT) };
};

/**
 * The time span that a text names: "3 months", "6 to 8 weeks", "half a year", "this year" (what is left of it at `now`, in ms),
 * "asap". Undefined where it names none.
 */
export const daysIn = (text: string, now: number): Days | undefined => {
  const plain = inDigits(plainText(text));
  return numbersIn(plain) ?? PHRASES.find(([phrase]) => phrase.test(plainText(text)))?.[1](now);
};
