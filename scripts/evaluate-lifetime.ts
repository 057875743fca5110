import { evaluateLifetime, lifetimeUsage } from './evaluate-users/evaluate-lifetime.ts';
import { reportOf } from './evaluate-users/usage.ts';

const args = process.argv.slice(2);
if (args.includes('--help')) console.log(lifetimeUsage);
else await reportOf(() => evaluateLifetime(args), lifetimeUsage);
