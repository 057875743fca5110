import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { CodeOf } from './platform.ts';

/** Takes each function's code from the folder that `scripts/bundle.ts` made for it; a missing one names its source. */
export const bundledCode =
  (dist: string): CodeOf =>
  (entry) => {
    const folder = join(dist, entry);
    if (!existsSync(join(folder, 'index.mjs')))
      throw new Error(`no bundle of lambdas/${entry}.ts in ${dist}: run scripts/bundle.ts`);
    // A new Code each time: an asset belongs to one stack.
    return Code.fromAsset(folder);
  };
