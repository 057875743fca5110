/** Analyses an experiment from a file of users and prints one JSON object; `--help` says how. */
import { analyze } from './analyze/analyze.ts';
import { analyzeOptions, usage } from './analyze/options.ts';
import { BadInput } from './evaluate/bad-input.ts';

try {
  const options = analyzeOptions(process.argv.slice(2));
  console.log(options ? JSON.stringify(await analyze(options), null, 2) : usage);
} catch (error) {
  console.error(error instanceof BadInput ? `analyze: ${error.message}\nSee --help.` : error);
  process.exitCode = 1;
}
