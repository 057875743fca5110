import { evaluateLearning, learningUsage } from './evaluate-learning/evaluate-learning.ts';
import { reportOf } from './evaluate-users/usage.ts';

const args = process.argv.slice(2);
if (args.includes('--help')) console.log(learningUsage);
else await reportOf(() => evaluateLearning(args), learningUsage);
