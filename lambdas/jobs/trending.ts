import { trendingNow } from '../../core/nights/steps/trending-now.ts';
import { nightStep } from '../runtime/night-step.ts';

export const handler = nightStep(trendingNow);
