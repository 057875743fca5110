/**
 * Whether the statistics of experiments hold what they state, on seeded simulations: false positives of A/A tests, power,
 * sample-ratio alarms, CUPED, bandits. `npm run bench:experiments -- [false-positives power sample-ratios cuped bandits]`.
 */
import { sayBandits } from './experiments/bandits.ts';
import { sayCuped } from './experiments/cuped.ts';
import { sayFalsePositives } from './experiments/false-positives.ts';
import { sayPower } from './experiments/power.ts';
import { saySampleRatios } from './experiments/sample-ratios.ts';

const PARTS: Record<string, (say: (text: string) => void) => void> = {
  'false-positives': sayFalsePositives,
  power: sayPower,
  'sample-ratios': saySampleRatios,
  cuped: sayCuped,
  bandits: sayBandits,
};

const asked = process.argv.slice(2);
for (const name of asked.length > 0 ? asked : Object.keys(PARTS)) {
  const part = PARTS[name];
  if (part) part((text) => console.log(text));
  else console.log(`${name} is none of ${Object.keys(PARTS).join(', ')}`);
  console.log();
}
console.log(`processor time: ${Math.round(process.cpuUsage().user / 1e6)} s`);
