import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { BadInput } from './bad-input.ts';

/** Values of the declared options. @throws BadInput for an option that is not declared or lacks its value */
export const parsedArgs = <const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
) => {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new BadInput((error as Error).message);
  }
};
