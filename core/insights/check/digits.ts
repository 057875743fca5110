const DIGIT = /\p{Nd}/u;

/** The digit's value: the blocks of ten digits begin where no digit stands before. */
const valueOfDigit = (digit: string): number => {
  const point = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && DIGIT.test(String.fromCodePoint(point - value - 1))) value += 1;
  return value;
};

/** ASCII digits for those of every script, fractions and circled digits spelled out, one form of hyphens, spaces and separators. */
export const plainDigits = (text: string): string =>
  text
    // "1½" would read as "11⁄2".
    .replace(/(?<=\d)(?=[\u00BC-\u00BE\u2150-\u215E])/gu, ' ')
    // "5²" would read as "52".
    .replace(/(?<=\d)(?=\p{No})/gu, ' ')
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, (digit) => (digit >= '0' && digit <= '9' ? digit : String(valueOfDigit(digit))))
    .replace(/[٬’']/gu, "'")
    .replace(/٫/gu, '.')
    .replace(/٪/gu, '%')
    .replace(/[\u2010-\u2012\u2212\u00AD]/gu, '-')
    .replace(/[\u2013\u2014]/gu, ' - ')
    .replace(/\s/gu, ' ');
