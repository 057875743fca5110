/** Measures one model on files of interactions and prints one JSON object; `--help` says how. Progress goes to stderr. */
import { BadInput } from './evaluate/bad-input.ts';
import { evaluateOptions, usage } from './evaluate/options.ts';
import { progressLines } from './evaluate/progress.ts';
import { evaluate } from './evaluate/run.ts';

/** Errors of the program itself, whose stack is worth seeing; all others say what the caller can mend. */
const MISTAKES = [TypeError, RangeError, ReferenceError] as const;

function run(args: readonly string[]): void {
  const options = evaluateOptions(args);
  if (options === undefined) {
    console.log(usage());
    return;
  }
  const report = evaluate(options, progressLines());
  for (const [file, { rows, first }] of Object.entries(report.skipped)) {
    if (rows > 0) console.error(`${file}: ${rows} rows skipped, the first ones: ${JSON.stringify(first)}`);
  }
  console.log(JSON.stringify(report));
}

try {
  run(process.argv.slice(2));
} catch (error) {
  const isMistake = !(error instanceof Error) || MISTAKES.some((kind) => error instanceof kind);
  console.error(isMistake ? error : `evaluate: ${error.message}`);
  if (error instanceof BadInput) console.error('See --help.');
  process.exitCode = 1;
}
