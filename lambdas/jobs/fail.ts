import { fail } from '../../core/nights/fail.ts';
import { nightStep } from '../runtime/night-step.ts';

export const handler = nightStep(fail);
