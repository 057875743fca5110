import { aggregate } from '../../core/nights/steps/aggregate.ts';
import { nightStep } from '../runtime/night-step.ts';

export const handler = nightStep(aggregate);
