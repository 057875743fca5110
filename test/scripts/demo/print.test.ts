import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pageOn } from '../../../scripts/demo/print/page.ts';
import { cut, paperOn, widthOf, wrap } from '../../../scripts/demo/print/paper.ts';
import { table } from '../../../scripts/demo/print/table.ts';

/** A stream that remembers what was written. */
const stream = (isTTY: boolean, columns?: number) => {
  let text = '';
  const write = (chunk: string) => {
    text += chunk;
    return true;
  };
  return { isTTY, write, text: () => text, ...(columns !== undefined && { columns }) };
};

const words = fc.array(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 60 }), { maxLength: 30 });

describe('wrapping', () => {
  it('keeps every letter that is no space, and no line is too long', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 5, max: 100 }), (parts, width) => {
        const text = parts.join(' ');
        const lines = wrap(text, width);
        expect(lines.every((line) => widthOf(line) <= width)).toBe(true);
        expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      }),
      { seed: 8, numRuns: 300 },
    );
  });

  it('cuts with an ellipsis where there is no room', () => {
    expect(cut('Harbour district', 8)).toBe('Harbour…');
    expect(cut('Harbour', 8)).toBe('Harbour');
  });
});

describe('a table', () => {
  it.each([60, 80, 100])('fits %i columns', (columns) => {
    const paper = paperOn(stream(false, columns), {});
    fc.assert(
      fc.property(fc.array(fc.tuple(words, words, words), { minLength: 1, maxLength: 5 }), (rows) => {
        const cells = rows.map((row) => row.map((parts) => parts.join(' ')));
        const lines = table(paper, cells, { columns: [{ most: 12 }, { most: 20, align: 'right' }] });
        expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns);
      }),
      { seed: 8, numRuns: 100 },
    );
  });
});

describe('paper', () => {
  const painted = (isTTY: boolean, env: NodeJS.ProcessEnv) =>
    paperOn(stream(isTTY), env).paint('good', 'yes');

  it('has colours on a terminal only, and not with NO_COLOR', () => {
    expect(painted(true, {})).not.toBe('yes');
    expect(stripVTControlCharacters(painted(true, {}))).toBe('yes');
    expect([painted(false, {}), painted(true, { NO_COLOR: '1' }), painted(true, { TERM: 'dumb' })]).toEqual([
      'yes',
      'yes',
      'yes',
    ]);
  });

  it('is 60 to 100 columns wide', () => {
    const widths = [undefined, 0, 20, 80, 300].map((columns) => paperOn(stream(true, columns), {}).width);
    expect(widths).toEqual([100, 100, 60, 80, 100]);
  });
});

describe('what somebody does', () => {
  it.each([60, 80, 100])('fits %i columns, however long the request is', (columns) => {
    fc.assert(
      fc.property(words, fc.string({ unit: 'grapheme-ascii', maxLength: 200 }), (parts, request) => {
        const out = stream(false, columns);
        const page = pageOn(paperOn(out, {}));
        page.action(parts.join(' '), request, { times: 12, status: 200, as: 'service' });
        page.panel(parts.join(' ').slice(0, 40), request, []);
        expect(Math.max(...out.text().split('\n').map(widthOf))).toBeLessThanOrEqual(columns);
      }),
      { seed: 8, numRuns: 100 },
    );
  });
});

describe('the summary', () => {
  it('shows the first and the last figure of each label, and only the last of one that was seen once', () => {
    const out = stream(false, 100);
    const page = pageOn(paperOn(out, {}));
    page.note('Rung', 'newest');
    page.note('Rung', 'trending');
    page.note('Rung', 'personalised hybrid');
    page.note('Streak', '5 days');
    page.summary('What changed');
    expect(out.text()).toMatch(/Rung +newest +personalised hybrid\n/);
    expect(out.text()).not.toContain('trending');
    expect(out.text()).toMatch(/Streak {12,}5 days\n/);
  });
});
