import { publish } from '../../core/nights/steps/publish.ts';
import { nightStep } from '../runtime/night-step.ts';

export const handler = nightStep(publish);
