import { precompute } from '../../core/nights/steps/precompute.ts';
import { nightStep } from '../runtime/night-step.ts';
import { freshSharedData } from '../runtime/ports/serving-ports.ts';

export const handler = nightStep(async (ports, step) => precompute(ports, await freshSharedData(), step));
