/**
 * How training grows: seconds, processor seconds and memory on generated data of 10^5, 10^6 and 10^7 interactions with the
 * model's default parameters, and the exponent between them (1: linear). Each size is measured in a process of its own.
 * Usage: node bench/growth.ts [--model als] [--params JSON] [--sizes 1e5,1e6,1e7]
 */
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { openKernels } from '../adapters/kernels/kernels.ts';
import { allModels } from '../core/learn/models/all.ts';
import { generate, type Shape } from './als/generate.ts';

type Figures = {
  interactions: number;
  users: number;
  items: number;
  seconds: number;
  cpuSeconds: number;
  peakRssMb: number;
};

/** A hundred interactions per user, and items that grow with the root, as catalogues do. */
function shapeOf(interactions: number): Shape {
  return {
    interactions,
    users: Math.ceil(interactions / 100),
    items: Math.ceil(10 * Math.sqrt(interactions)),
  };
}

function measure(name: string, params: object, interactions: number): Figures {
  const model = allModels.find((known) => known.name === name);
  if (model === undefined)
    throw new Error(`no model ${name}; there are ${allModels.map((one) => one.name).join(', ')}`);
  const shape = shapeOf(interactions);
  const { dataset } = generate(shape, 1);
  const kernels = openKernels();
  const started = performance.now();
  const busy = process.cpuUsage();
  model.train(dataset, { ...model.defaults, ...params }, { kernels, seed: 1, catalog: [], memoryBytes: 3e9 });
  const { user, system } = process.cpuUsage(busy);
  const seconds = (performance.now() - started) / 1000;
  kernels.close();
  return {
    ...shape,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
  };
}

function compare(model: string, params: string, sizes: readonly string[]): void {
  const all = sizes.map((size) => {
    const args = [import.meta.filename, '--model', model, '--params', params, '--only', size];
    const figures = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Figures;
    console.log(
      `${model}: ${figures.interactions} interactions, ${figures.users} users, ${figures.items} items: ` +
        `${figures.seconds.toFixed(2)} s, processor ${figures.cpuSeconds.toFixed(2)} s, ` +
        `peak of the process with its data ${Math.round(figures.peakRssMb)} MB`,
    );
    return figures;
  });
  const [first, last] = [all[0]!, all[all.length - 1]!];
  const growth = (of: (figures: Figures) => number) =>
    (Math.log(of(last) / of(first)) / Math.log(last.interactions / first.interactions)).toFixed(2);
  console.log(
    `growth exponent: time ${growth(({ seconds }) => seconds)}, processor time ` +
      `${growth(({ cpuSeconds }) => cpuSeconds)} (to reach: 1.1)`,
  );
}

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'als' },
    params: { type: 'string', default: '{}' },
    sizes: { type: 'string', default: '1e5,1e6,1e7' },
    only: { type: 'string' },
  },
});
if (values.only === undefined) compare(values.model, values.params, values.sizes.split(','));
else console.log(JSON.stringify(measure(values.model, JSON.parse(values.params), Number(values.only))));
