import { churnUsage, evaluateChurn } from './evaluate-users/evaluate-churn.ts';
import { reportOf } from './evaluate-users/usage.ts';

const args = process.argv.slice(2);
if (args.includes('--help')) console.log(churnUsage);
else await reportOf(() => evaluateChurn(args), churnUsage);
