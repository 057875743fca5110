import { foldLetters } from '../prompts/fold-text.ts';
import { plainDigits } from './digits.ts';
import { CARDINALS, FIGURES, FOREIGN, ORDINALS, SCALES } from './number-words.ts';

/** A number that a text holds, with everything it may stand for. */
export type NumberFound = { readonly text: string; readonly values: readonly number[] };

const TOKEN =
  /(?<number>(?<![\p{L}\p{N}]-?)(?:(?<=^|[\s(])-)?\d{1,3}(?:[,']\d{3})+(?:\.\d+)?(?!\d)|(?<![\p{L}\p{N}.,])\d{1,3}(?: \d{3})+(?![\d.,]*\d)|\d+(?:[.,]\d+)*(?:⁄\d+)?)(?:(?<suffix>k|m|mn|bn|b|tn)(?!\p{L}))?|(?<word>\p{L}+)|(?<stop>[^\s\p{L}\p{N}-])/giu;

const SUFFIXES: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, mn: 1e6, b: 1e9, bn: 1e9, tn: 1e12 };

/** "1,200" and "1 200" are one thousand two hundred, "3.5" and "3,5" three and a half. */
const literal = (written: string): number => {
  const text = written.replace(/[' ]/g, '');
  const [over, under] = text.split('⁄');
  if (under !== undefined) return Number(over) / Number(under);
  if (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return Number(text.replaceAll(',', ''));
  // "3.000" is what others write for 3,000; nobody writes three decimals here.
  if (/^-?[1-9]\d{0,2}(\.\d{3})+$/.test(text)) return Number(text.replaceAll('.', ''));
  if (/^-?\d+,\d+$/.test(text)) return Number(text.replace(',', '.'));
  return Number(text);
};

type Token =
  | { readonly kind: 'literal'; readonly value: number; readonly text: string }
  | { readonly kind: 'word'; readonly word: string; readonly text: string }
  // A comma or a full stop ends a number in words.
  | { readonly kind: 'stop' };

/** "1.2.3" is no number: its parts are. */
const literals = (text: string, factor: number): Token[] => {
  const value = literal(text);
  if (!Number.isNaN(value)) return [{ kind: 'literal', value: value * factor, text }];
  return (text.match(/\d+/g) ?? []).map((part) => ({ kind: 'literal', value: Number(part), text: part }));
};

const HAN = '〇一二三四五六七八九';

const hanToken = (text: string): Token => {
  const digit = HAN.indexOf(text);
  const value = text === '十' ? 10 : text.length === 1 && digit >= 0 ? digit : Number.NaN;
  return { kind: 'literal', value, text };
};

const isNegative = (text: string, at: number): boolean =>
  /(^|[\s(])-$/.test(text.slice(Math.max(0, at - 2), at));

const HAN_NUMBERS = /[〇零一二两三四五六七八九十百千万萬亿億]+/gu;

const ROMAN: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10 };

/** "XII"; of two letters or more, and without L, C and M, which make words and abbreviations. */
const romanTokens = (text: string): Token[] => {
  if (!/^(?=.{2})X{0,3}(IX|IV|V?I{0,3})$/.test(text)) return [];
  const values = Array.from(text, (letter) => ROMAN[letter] ?? 0);
  const value = values.reduce((sum, each, at) => sum + (each < (values[at + 1] ?? 0) ? -each : each), 0);
  return [{ kind: 'literal', value, text }];
};

const wordTokens = (text: string): Token[] => [
  ...romanTokens(text),
  { kind: 'word', word: foldLetters(text), text },
  ...(text.match(HAN_NUMBERS) ?? []).map(hanToken),
];

const numberTokens = (text: string, match: RegExpExecArray): Token[] => {
  const { number, suffix } = match.groups ?? {};
  const before = text.slice(0, match.index);
  // "B2B" is no two billion.
  const factor = /\p{L}$/u.test(before) ? 1 : (SUFFIXES[suffix?.toLowerCase() ?? ''] ?? 1);
  return literals(number ?? '', (isNegative(text, match.index) ? -1 : 1) * factor);
};

const tokensOf = (text: string): Token[] =>
  [...text.matchAll(TOKEN)].flatMap((match): Token[] => {
    const { word, stop } = match.groups ?? {};
    if (stop !== undefined) return [{ kind: 'stop' }];
    return word === undefined ? numberTokens(text, match) : wordTokens(word);
  });

/** What has been read of a number that goes on over several words. */
type Open = { total: number; group: number; last: 'unit' | 'ten' | 'scale' | 'literal'; words: string[] };

/** Whether a number below a hundred may follow: "twenty" before "five", a scale before anything. */
const takes = ({ last }: Open, value: number): boolean =>
  last === 'scale' || (last === 'ten' && value > 0 && value < 10);

const startOf = (value: number, text: string): Open => ({
  total: 0,
  group: value,
  last: value >= 20 ? 'ten' : 'unit',
  words: [text],
});

const scaled = (open: Open, scale: number, text: string): Open => {
  const group = (open.group || 1) * scale;
  const words = [...open.words, text];
  return scale === 100
    ? { ...open, group, last: 'scale', words }
    : { total: open.total + group, group: 0, last: 'scale', words };
};

const joined = (open: Open, value: number, text: string): Open => ({
  ...open,
  group: open.group + value,
  last: value >= 20 ? 'ten' : 'unit',
  words: [...open.words, text],
});

const closed = (open: Open | undefined): NumberFound[] =>
  open === undefined ? [] : [{ text: open.words.join(' ').trim(), values: [open.total + open.group] }];

const isScaled = (tokens: readonly Token[], at: number): boolean => {
  const next = tokens[at + 1];
  return next?.kind === 'word' && SCALES[next.word] !== undefined;
};

const valueOfWord = (tokens: readonly Token[], at: number, open: Open | undefined): number | undefined => {
  const token = tokens[at];
  if (token?.kind !== 'word') return undefined;
  // "One" counts in "one hundred" and "twenty-one" only.
  if (token.word === 'one')
    return isScaled(tokens, at) || open?.last === 'ten' || open?.last === 'scale' ? 1 : undefined;
  if (token.word === 'first') return open?.last === 'ten' || open?.last === 'scale' ? 1 : undefined;
  return CARDINALS[token.word] ?? ORDINALS[token.word];
};

const fraction = (tokens: readonly Token[], at: number): NumberFound | undefined => {
  const token = tokens[at];
  if (token?.kind !== 'word') return undefined;
  const figures = FIGURES[token.word];
  if (figures) return { text: token.text, values: figures };
  const foreign = FOREIGN[token.word];
  if (foreign !== undefined) return { text: token.text, values: [foreign] };
  const next = tokens[at + 1];
  const of = next?.kind === 'word' && next.word === 'of';
  if (token.word === 'quarters' || (token.word === 'quarter' && of))
    return { text: token.text, values: [0.25, 25] };
  if ((token.word === 'couple' || token.word === 'pair') && of) return { text: token.text, values: [2] };
  return undefined;
};

/** Every number of a text: digits of every script, with separators, signs and suffixes, and English words from "two" on. */
export const numbersIn = (given: string): NumberFound[] => {
  const tokens = tokensOf(plainDigits(given));
  const found: NumberFound[] = [];
  let open: Open | undefined;
  const close = () => {
    found.push(...closed(open));
    open = undefined;
  };
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'literal') {
      close();
      open = { total: 0, group: token.value, last: 'literal', words: [token.text] };
      if (!isScaled(tokens, at)) close();
      continue;
    }
    if (token.kind === 'stop') {
      close();
      continue;
    }
    const scale = SCALES[token.word];
    const value = valueOfWord(tokens, at, open);
    if (scale !== undefined)
      open = open ? scaled(open, scale, token.text) : scaled(startOf(0, ''), scale, token.text);
    else if (value !== undefined && open && takes(open, value)) open = joined(open, value, token.text);
    else if (value !== undefined) {
      close();
      open = startOf(value, token.text);
    } else if (!(token.word === 'and' && open?.last === 'scale')) {
      close();
      const figure = fraction(tokens, at);
      if (figure) found.push(figure);
    }
  }
  close();
  return found;
};
