import { BadInput } from '../evaluate/bad-input.ts';

/** A whole number of at least `least`. @throws BadInput */
export const wholeNumber = (text: string, name: string, least: number): number => {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new BadInput(`--${name} must be a whole number of at least ${least}, not ${JSON.stringify(text)}`);
};

/** The text of a required option. @throws BadInput */
export const required = (text: string | undefined, name: string): string => {
  if (text !== undefined && text !== '') return text;
  throw new BadInput(`--${name} is missing`);
};

/** Prints what `work` returns as one JSON object; a known fault as one line, with exit code 2. */
export const reportOf = async (work: () => Promise<unknown>, usage: string): Promise<void> => {
  try {
    console.log(JSON.stringify(await work(), null, 2));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const known = missing || error instanceof BadInput || error instanceof RangeError;
    console.error(known ? (error as Error).message : error);
    if (error instanceof BadInput) console.error(`\n${usage}`);
    process.exitCode = 2;
  }
};
