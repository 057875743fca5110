import { trendingNow } from '../../core/nights/trending-now.ts';
import { nightStep } from '../runtime/night-step.ts';

export const handler = nightStep(trendingNow);
