import { size } from '../../core/nights/steps/size.ts';
import { nightStep } from '../runtime/night-step.ts';

export const handler = nightStep(size);
