import { readFileSync } from 'node:fs';

/** A file of `test/vectors`, by name. */
export const vectors = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), 'utf8'));
