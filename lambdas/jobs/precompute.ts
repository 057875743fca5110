import { precompute } from '../../core/nights/precompute.ts';
import { nightStep } from '../runtime/night-step.ts';
import { sharedData } from '../runtime/serving-ports.ts';

export const handler = nightStep(async (ports, step) => precompute(ports, await sharedData(), step));
