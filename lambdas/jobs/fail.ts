import { fail } from '../../core/nights/steps/fail.ts';
import { nightStep } from '../runtime/night-step.ts';

export const handler = nightStep(fail);
