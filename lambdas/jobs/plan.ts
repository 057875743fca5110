import { plan } from '../../core/nights/steps/plan.ts';
import { nightStep } from '../runtime/night-step.ts';

export const handler = nightStep(plan);
