import { count } from '../../core/nights/steps/count.ts';
import { judgeDecisions } from '../../core/rules/performance/judge-decisions.ts';
import { nightStep } from '../runtime/night-step.ts';
import { setsAt } from '../runtime/sets-at.ts';

export const handler = nightStep((ports, step) => count(ports, judgeDecisions(setsAt), step));
