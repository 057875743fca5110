import { promote } from '../../core/nights/promote.ts';
import { nightStep } from '../runtime/night-step.ts';

export const handler = nightStep(promote);
