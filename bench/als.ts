/**
 * ALS beside `implicit` 0.7.3 (Cython, BLAS, conjugate gradient) on generated data of MovieLens-1M's size: 64 dimensions, 12 passes,
 * as many threads as there are cores, both in one go and in turn, so that whatever else the machine does slows both.
 * The peer is installed into .cache/implicit where Python is there; without it only our own figures are printed.
 * Usage: npm run bench:als [-- --rounds 7] [--threads 2]
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { openKernels } from '../adapters/kernels/kernels.ts';
import { ALS_DEFAULTS } from '../core/learn/models/als/als-params.ts';
import { alsFactors } from '../core/learn/models/als/factors.ts';
import type { Kernels } from '../core/numbers/kernels.ts';
import { type Generated, generate, MOVIELENS_1M } from './als/generate.ts';
import { installPeer, type PeerFit, startPeer } from './als/peer.ts';
import { factorQuality, type Quality, qualityOf } from './als/quality.ts';

const DIMENSIONS = 64;
const ITERATIONS = 12;
/** Both sides have the best of a grid on this data: HR@10 under NCF's protocol. */
const OURS = {
  ...ALS_DEFAULTS,
  dimensions: DIMENSIONS,
  iterations: ITERATIONS,
  regularization: 0.003,
  unobservedWeight: 1.4,
};
const PEER = { dimensions: DIMENSIONS, iterations: ITERATIONS, regularization: 60, confidence: 6 };

type Fit = { seconds: number; cpuSeconds: number; quality: Quality };

async function main({ rounds, threads }: { rounds: number; threads: number }): Promise<void> {
  const data = generate(MOVIELENS_1M, 1);
  const { itemStart } = data.dataset;
  const popular = qualityOf(data, (_, item) => itemStart[item + 1]! - itemStart[item]!);
  console.log(`${data.dataset.size} interactions, ${threads} threads; popularity alone: ${words(popular)}`);
  const kernels = openKernels({ threads });
  const peer = installPeer() ? await startPeer(data.dataset, { ...PEER, threads }) : undefined;
  const ours: Fit[] = [];
  const theirs: Fit[] = [];
  for (let round = 0; round <= rounds; round++) {
    const our = fitOnce(data, kernels, round);
    const their = peer && measured(data, await peer.fit());
    // The first round warms both up.
    if (round === 0) continue;
    ours.push(our);
    if (their !== undefined) theirs.push(their);
  }
  report('attune als', ours, process.resourceUsage().maxRSS / 1024);
  if (peer === undefined) {
    console.log('implicit could not be installed: no Python 3 with pip here. Nothing to compare with.');
  } else {
    report('implicit 0.7.3', theirs, peer.peakRssMb());
    const ratio = (of: (fit: Fit) => number) =>
      median(ours.map((fit, round) => of(fit) / of(theirs[round]!))).toFixed(2);
    console.log(
      `ours / peer's, median of the rounds: time ${ratio(({ seconds }) => seconds)} (to reach: 1.3, moonshot .8), ` +
        `processor time ${ratio(({ cpuSeconds }) => cpuSeconds)} (the one to look at on a busy machine)`,
    );
    peer.close();
  }
  kernels.close();
}

function fitOnce(data: Generated, kernels: Kernels, seed: number): Fit {
  const mark = kernels.mark();
  const started = performance.now();
  const busy = process.cpuUsage();
  const factors = alsFactors(data.dataset, OURS, { kernels, seed });
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(busy);
  const quality = factorQuality(data, factors);
  kernels.release(mark);
  return { seconds, cpuSeconds: (user + system) / 1e6, quality };
}

function measured(data: Generated, { seconds, cpuSeconds, users, items }: PeerFit): Fit {
  return { seconds, cpuSeconds, quality: factorQuality(data, { users, items, dimensions: DIMENSIONS }) };
}

function report(name: string, fits: readonly Fit[], peakRssMb: number): void {
  const seconds = fits.map((fit) => fit.seconds);
  const quality = {
    hr: median(fits.map((fit) => fit.quality.hr)),
    ndcg: median(fits.map((fit) => fit.quality.ndcg)),
  };
  console.log(
    `${name}: median ${median(seconds).toFixed(2)} s, fastest ${Math.min(...seconds).toFixed(2)} s, processor ${median(fits.map((fit) => fit.cpuSeconds)).toFixed(2)} s; ${words(quality)}; ` +
      `peak of the process ${Math.round(peakRssMb)} MB`,
  );
}

function words({ hr, ndcg }: Quality): string {
  return `HR@10 ${hr.toFixed(4)}, NDCG@10 ${ndcg.toFixed(4)}`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

const { values } = parseArgs({ options: { rounds: { type: 'string' }, threads: { type: 'string' } } });
await main({
  rounds: Number(values.rounds ?? 7),
  threads: Number(values.threads ?? availableParallelism()),
});
