import { describe, expect, it } from '@jest/globals';
import { datesIn } from '../../../../core/insights/check/dates-in.ts';
import { numbersIn } from '../../../../core/insights/check/numbers-in.ts';
import vectors from '../../../vectors/number-words.json' with { type: 'json' };

describe('numbersIn', () => {
  it.each(vectors)('$text', ({ text, numbers }) => {
    expect(numbersIn(text).map(({ values }) => values[0])).toEqual(numbers);
  });
});

describe('datesIn', () => {
  it.each([
    'due on 2026-11-26 at last',
    'due on 26 November 2026 at last',
    'due on November 26th, 2026 at last',
    'due on Nov 26, 2026 at last',
    'due on 11/26/2026 at last',
    'due on 26.11.2026 at last',
    'due on the 26th of November 2026 at last',
  ])('%s', (text) => {
    const { dates, rest } = datesIn(text);
    expect(dates).toMatchObject([{ year: 2026, month: 11, day: 26 }]);
    expect(numbersIn(rest)).toEqual([]);
  });

  it('takes parts of dates, and words that only look like months for words', () => {
    expect(datesIn('in November').dates).toMatchObject([{ month: 11 }]);
    expect(datesIn('until May').dates).toMatchObject([{ month: 5 }]);
    expect(datesIn('You may march on').dates).toEqual([]);
    expect(datesIn('26 November').dates).toMatchObject([{ month: 11, day: 26 }]);
  });
});
