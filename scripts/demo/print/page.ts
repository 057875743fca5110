import { cut, type Paper, padEnd, widthOf, wrap } from './paper.ts';
import { type Cell, type Column, table } from './table.ts';

type Told = { readonly times?: number; readonly status: number; readonly as?: string | undefined };

/** What the walk-through prints, one function per kind of thing. */
export type Page = {
  readonly paper: Paper;
  opening(title: string, text: string, facts: readonly (readonly [string, string])[]): void;
  day(number: string, date: string, title: string): void;
  /** What happens. */
  tell(text: string): void;
  /** What somebody does, and with which request. */
  action(what: string, request: string, told: Told): void;
  /** What the engine answers: a title, the request, and lines below them. */
  panel(title: string, request: string, lines: readonly string[]): void;
  rows(rows: readonly (readonly Cell[])[], options?: { columns?: readonly Column[] }): string[];
  /** Words that go on below a panel. */
  words(text: string): string[];
  /** Keeps a figure: the first and the last of a label are shown at the end. */
  note(label: string, value: string): void;
  summary(title: string): void;
  closing(text: string): void;
};

const INDENT = 5;
/** What somebody does has this much room beside its request. */
const NARROWEST_WORDS = 24;

const requestText = (request: string, { times = 1, as }: Partial<Told>): string =>
  [times > 1 ? `${times} × ` : '', request, as === undefined || as === 'user' ? '' : ` (${as})`].join('');

export const pageOn = (paper: Paper): Page => {
  const notes = new Map<string, { first: string; last: string; times: number }>();
  const { width, paint, write } = paper;
  /** What stands above: a blank line parts what the engine answered from what comes next. */
  let below: 'nothing' | 'words' | 'action' | 'panel' = 'nothing';
  const between = (left: string, right: string): string =>
    `${padEnd(left, width - widthOf(right) - 1)} ${right}`;
  const line = (ink: 'quiet' | 'title', text = '') =>
    paint(ink, `${text}${'─'.repeat(Math.max(0, width - widthOf(text)))}`);
  return {
    paper,
    opening: (title, text, facts) =>
      write(
        '',
        paint('title', `  ${title}`),
        ...wrap(text, width - 4).map((one) => `  ${one}`),
        '',
        ...table(
          paper,
          facts.map(([name, value]) => [[name, 'quiet'], value] as const),
          { indent: 2 },
        ),
      ),
    day: (number, date, title) => {
      below = 'nothing';
      write('', line('title', `── ${number} · ${date} `), paint('name', `   ${title}`), '');
    },
    tell: (text) => {
      if (below === 'action' || below === 'panel') write('');
      below = 'words';
      write(...wrap(text, width - 6).map((one) => paint('quiet', `   ${one}`)));
    },
    action: (what, request, told) => {
      const spoken = Math.max(NARROWEST_WORDS, Math.min(widthOf(what), Math.floor(width / 2)));
      const right = cut(requestText(request, told), width - INDENT - spoken - 6);
      const tail = `${paint('quiet', right)} ${paint('good', String(told.status))}`;
      const room = width - widthOf(tail) - INDENT - 2;
      const [first = '', ...more] = wrap(what, room);
      if (below === 'panel') write('');
      below = 'action';
      write(`   ${paint('user', '▸')} ${padEnd(first, room)}  ${tail}`, ...more.map((one) => `     ${one}`));
    },
    panel: (title, request, lines) => {
      const left = `   ${paint('name', title)}`;
      const right = paint('quiet', cut(request, width - widthOf(title) - 6));
      if (below !== 'nothing') write('');
      below = 'panel';
      write(between(left, right), ...lines);
    },
    rows: (rows, { columns = [] } = {}) =>
      rows.length === 0 ? [] : table(paper, rows, { indent: INDENT, columns }),
    words: (text) => wrap(text, width - INDENT - 1).map((one) => ' '.repeat(INDENT) + paint('quiet', one)),
    note: (label, value) => {
      const { first = value, times = 0 } = notes.get(label) ?? {};
      notes.set(label, { first, last: value, times: times + 1 });
    },
    summary: (title) =>
      write(
        '',
        line('title', `── ${title} `),
        '',
        ...table(
          paper,
          [
            [
              ['', 'quiet'],
              ['at first', 'quiet'],
              ['after the week', 'quiet'],
            ],
            ...[...notes].map(
              ([label, { first, last, times }]) =>
                [
                  [label, 'name'],
                  [times === 1 ? '' : first, 'quiet'],
                  [last, first === last && times > 1 ? 'quiet' : 'good'],
                ] as const,
            ),
          ],
          { indent: 3, columns: [{ most: 28 }, { most: 32 }] },
        ),
      ),
    closing: (text) => write('', ...wrap(text, width - 4).map((one) => `   ${one}`), ''),
  };
};
