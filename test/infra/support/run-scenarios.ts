import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScenarioSet } from './scenario-set.ts';
import { type SynthesisInput, synthesize } from './synthesize.ts';

const [set = '', file = ''] = process.argv.slice(2);
const { scenarios, refusals } = (await import(join(import.meta.dirname, 'sets', `${set}.ts`))) as ScenarioSet;

const refusal = (input: SynthesisInput): string => {
  try {
    synthesize(input);
    return 'accepted';
  } catch (error) {
    return (error as Error).message;
  }
};

const mapped = <T>(inputs: Readonly<Record<string, SynthesisInput>>, of: (input: SynthesisInput) => T) =>
  Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, of(input)]));

writeFileSync(
  file,
  JSON.stringify({ scenarios: mapped(scenarios, synthesize), refusals: mapped(refusals, refusal) }),
);
