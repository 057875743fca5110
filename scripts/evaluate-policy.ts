import { BadInput } from './evaluate/bad-input.ts';
import { policyUsage } from './evaluate-policy/options.ts';
import { evaluatePolicyFiles } from './evaluate-policy/run.ts';

const args = process.argv.slice(2);

const report = async (): Promise<void> => {
  try {
    console.log(JSON.stringify(await evaluatePolicyFiles(args), null, 2));
  } catch (error) {
    console.error(error instanceof BadInput ? `error: ${error.message}` : error);
    process.exitCode = 1;
  }
};

if (args.includes('--help')) console.log(policyUsage);
else await report();
