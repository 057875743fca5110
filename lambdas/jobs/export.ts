import { exportInteractions } from '../../core/nights/steps/export-interactions.ts';
import { nightStep } from '../runtime/night-step.ts';

export const handler = nightStep(exportInteractions);
