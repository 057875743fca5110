import { stripVTControlCharacters, styleText } from 'node:util';

/** What a piece of text is, from which its colour follows. */
export type Ink = 'title' | 'user' | 'good' | 'quiet' | 'name' | 'number' | 'fault';

const FORMATS = {
  title: ['bold', 'cyan'],
  user: ['bold', 'yellow'],
  good: ['green'],
  quiet: ['gray'],
  name: ['bold'],
  number: ['cyan'],
  fault: ['bold', 'red'],
} as const satisfies Record<Ink, readonly Parameters<typeof styleText>[0][]>;

/** Where the walk-through is written: so many columns wide, with or without colours. */
export type Paper = {
  /** Columns, 60 to 100. */
  readonly width: number;
  /** Whether a person may be waiting at it. */
  readonly live: boolean;
  paint(ink: Ink, text: string): string;
  write(...lines: readonly string[]): void;
  /** Replaces the last line, where the terminal can; for progress. */
  overwrite(line: string): void;
};

const [NARROWEST, WIDEST] = [60, 100];

type Stream = Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean; readonly columns?: number };

/** Colours on a terminal only, and not where `NO_COLOR` is set to anything. */
export const paperOn = (stream: Stream, env: NodeJS.ProcessEnv): Paper => {
  const live = stream.isTTY === true && env.TERM !== 'dumb';
  const coloured = live && !env.NO_COLOR;
  return {
    width: Math.max(NARROWEST, Math.min(WIDEST, stream.columns || WIDEST)),
    live,
    paint: (ink, text) => (coloured ? styleText([...FORMATS[ink]], text, { validateStream: false }) : text),
    write: (...lines) => void stream.write(lines.map((line) => `${line.trimEnd()}\n`).join('')),
    overwrite: (line) => void (live && stream.write(`\r\u001B[2K${line}`)),
  };
};

/** Columns that a text takes, colours not counted. */
export const widthOf = (text: string): number => [...stripVTControlCharacters(text)].length;

export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)));

export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - widthOf(text))) + text;

/** Cuts a text that has no colours at `width`, with an ellipsis. */
export const cut = (text: string, width: number): string => {
  const letters = [...text];
  return letters.length <= width ? text : `${letters.slice(0, Math.max(0, width - 1)).join('')}…`;
};

/** Breaks a text without colours into lines of at most `width`, between words where it can. */
export const wrap = (text: string, width: number): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[ \t\r\n]+/).filter((one) => one.length > 0)) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
    while (widthOf(line) > width) {
      lines.push([...line].slice(0, width).join(''));
      line = [...line].slice(width).join('');
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
};
