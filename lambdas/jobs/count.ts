import { count } from '../../core/nights/steps/count.ts';
import { judgeDecisions } from '../../core/rules/performance/judge-decisions.ts';
import { setsAt } from '../runtime/kept/sets-at.ts';
import { nightStep } from '../runtime/night-step.ts';

export const handler = nightStep((ports, step) => count(ports, judgeDecisions(setsAt), step));
