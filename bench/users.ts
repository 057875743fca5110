/**
 * The user models on real data and at size: segments of 100,000 users, churn (Online Shoppers, OULAD), lifetime value
 * (CDNOW) and preference (Beauty, Open Bandit). Usage: node bench/users.ts [segments churn lifetime preference]
 */
import { churnFigures } from './users/churn.ts';
import { lifetimeFigures } from './users/lifetime.ts';
import { preferenceFigures } from './users/preference.ts';
import { segmentFigures } from './users/segments.ts';

const PARTS: Record<string, () => Promise<void>> = {
  segments: segmentFigures,
  churn: churnFigures,
  lifetime: lifetimeFigures,
  preference: preferenceFigures,
};

const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : Object.keys(PARTS);
for (const name of names) {
  const part = PARTS[name];
  if (part) await part();
  else console.log(`${name} is none of ${Object.keys(PARTS).join(', ')}`);
}
