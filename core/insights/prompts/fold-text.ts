/** Letters of other scripts that look like Latin ones (a part of Unicode's confusables, UTS 39). */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  ...{
    а: 'a',
    в: 'b',
    с: 'c',
    е: 'e',
    һ: 'h',
    і: 'i',
    ј: 'j',
    к: 'k',
    м: 'm',
    н: 'h',
    о: 'o',
    р: 'p',
    ѕ: 's',
  },
  ...{
    т: 't',
    у: 'y',
    х: 'x',
    ԁ: 'd',
    ԛ: 'q',
    ԝ: 'w',
    ь: 'b',
    г: 'r',
    п: 'n',
    ɡ: 'g',
    ı: 'i',
    ł: 'l',
    đ: 'd',
  },
  ...{
    α: 'a',
    β: 'b',
    ε: 'e',
    η: 'n',
    ι: 'i',
    κ: 'k',
    ν: 'v',
    ο: 'o',
    ρ: 'p',
    τ: 't',
    υ: 'u',
    χ: 'x',
    ω: 'w',
  },
  ...{ ɑ: 'a', ƅ: 'b', ϲ: 'c', ɩ: 'i', ո: 'n', օ: 'o', ս: 'u', հ: 'h', ℓ: 'l' },
};

const FORMAT = /\p{Cf}|\p{Variation_Selector}|[\u{E0000}-\u{E0FFF}]/gu;
const MARKS = /\p{M}+/gu;

/** Most texts are plain ASCII, of which there is one form only. */
const ASCII = /^[ -~]*$/;

/** One form of what is written in several: compatibility forms, case and spaces. Scripts stay. */
export const foldCase = (text: string): string =>
  (ASCII.test(text) ? text : text.normalize('NFKC').replace(FORMAT, ''))
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();

/** Latin letters for everything that looks like them, without accents. For comparison only, never for reading. */
export const foldLetters = (text: string): string => {
  const folded = foldCase(text);
  if (ASCII.test(folded)) return folded;
  const bare = folded.normalize('NFD').replace(MARKS, '');
  return Array.from(bare, (letter) => LOOK_ALIKES[letter] ?? letter).join('');
};

const DIGIT_LETTERS: Readonly<Record<string, string>> = {
  ...{ '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' },
};

const rotated = (text: string): string =>
  text.replace(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 97 + 13) % 26) + 97));

/** What a text may say in disguise: digits for letters, turned by 13, backwards, with gaps between its letters. */
export const disguises = (folded: string): string[] => [
  folded.replace(/[013457@$!]/g, (sign) => DIGIT_LETTERS[sign] ?? sign),
  rotated(folded),
  Array.from(folded).reverse().join(''),
  folded.replace(/(?<![a-z])((?:[a-z][ ._*-]{1,3}){5,}[a-z])(?![a-z])/g, (run) => run.replace(/[^a-z]/g, '')),
];

/** Words of a text, folded, in order. */
export const wordsOf = (text: string): string[] => foldLetters(text).match(/[\p{L}\p{N}]+/gu) ?? [];
