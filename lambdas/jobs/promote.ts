import { promote } from '../../core/nights/steps/promote.ts';
import { nightStep } from '../runtime/night-step.ts';

export const handler = nightStep(promote);
