import { size } from '../../core/nights/size.ts';
import { nightStep } from '../runtime/night-step.ts';

export const handler = nightStep(size);
