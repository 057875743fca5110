import { train } from '../../core/nights/steps/train.ts';
import { nightStep } from '../runtime/night-step.ts';

export const handler = nightStep(train);
