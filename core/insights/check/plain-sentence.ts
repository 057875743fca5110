import { hasInvisible, isHostile } from '../prompts/hostile-text.ts';
import { redactText } from '../prompts/redact-text.ts';
import { datesIn } from './dates-in.ts';

const MARKUP = /[<>`{}[\]|\\*#~^_]|&\w+;|\/\/|\p{Extended_Pictographic}/u;
const CODE = /\w\([^)]*\)\s*[;{]|=>|;\s*$|\b(const|function|import|select \w+ from|drop table)\b.*[;=(]/iu;
const CONTROL = /\p{Cc}/u;

/** Longest first, so that no name leaves a part of another one behind. */
const withoutNames = (text: string, names: readonly string[]): string =>
  [...names]
    .sort((one, other) => other.length - one.length)
    .reduce((left, name) => (name === '' ? left : left.replaceAll(name, ' ')), text);

const numbersLeft = (text: string, values: ReadonlySet<number>): string =>
  text.replace(/\d{7,}/g, (digits) => (values.has(Number(digits)) ? ' ' : digits));

/** What a sentence must not hold. Names that it quotes are left out: a feature may be called `market_report`. */
export const sentenceFaults = (
  text: string,
  names: readonly string[],
  values: ReadonlySet<number>,
): string[] => {
  const own = withoutNames(text, names);
  const plain = numbersLeft(datesIn(own).rest, values);
  const faults: [boolean, string][] = [
    [CONTROL.test(text), 'holds control characters'],
    [hasInvisible(own), 'holds invisible characters'],
    [redactText(plain) !== plain, 'holds a link, an address, or a number of a person'],
    [MARKUP.test(own), 'holds markup'],
    [CODE.test(own), 'holds code'],
    [isHostile(own), 'reads like an instruction to a model'],
  ];
  return faults.filter(([is]) => is).map(([, why]) => why);
};
