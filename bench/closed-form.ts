/**
 * The models in closed form on generated data: EASE on 3,700 and 12,101 items, the graph filter at Gowalla's size with a full
 * ranking for all users. Usage: node bench/closed-form.ts [ease graph-filter]
 */
import { easeFigures } from './closed-form/ease-figures.ts';
import { graphFilterFigures } from './closed-form/graph-filter-figures.ts';

const PARTS: Record<string, () => void> = { ease: easeFigures, 'graph-filter': graphFilterFigures };

const asked = process.argv.slice(2);
for (const name of asked.length > 0 ? asked : Object.keys(PARTS)) {
  const part = PARTS[name];
  if (part) part();
  else console.log(`${name} is none of ${Object.keys(PARTS).join(', ')}`);
}
console.log(`peak memory: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
