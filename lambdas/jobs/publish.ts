import { publish } from '../../core/nights/publish.ts';
import { nightStep } from '../runtime/night-step.ts';

export const handler = nightStep(publish);
