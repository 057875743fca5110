import { exportInteractions } from '../../core/nights/export-interactions.ts';
import { nightStep } from '../runtime/night-step.ts';

export const handler = nightStep(exportInteractions);
