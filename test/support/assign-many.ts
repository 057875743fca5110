import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { assignAll } from '../../core/experiments/assignment/assign.ts';
import { hash } from '../../core/experiments/bucketing.ts';
import { assignAsk, experimentBody, experimentsOf } from './experiments.ts';

/** A process of its own: prints the digest of the arms of many ids, as `test/vectors/bucketing.json` describes it. */
const { digest } = JSON.parse(readFileSync(new URL('../vectors/bucketing.json', import.meta.url), 'utf8'));

type Case = { seed: string; coverage: number; weights: number[] };

const cases: Case[] = digest.experiments;

const set = experimentsOf(
  ...cases.map(({ seed, coverage, weights }) =>
    experimentBody({
      key: seed,
      coverage,
      variants: weights.map((weight, at) => ({ key: String(at), weight })),
    }),
  ),
);

const idOf = (n: number): string =>
  n % 4 === 0 ? `${digest.words[(n / 4) % digest.words.length]}-${n}` : `user-${n}`;

const lineOf = (n: number): string => {
  const id = idOf(n);
  const arms = assignAll(set, assignAsk(id)).map(({ key, inExperiment, variant }) => {
    const bucket = Math.round((hash(key, id, 2) ?? Number.NaN) * 10_000);
    return `${bucket} ${inExperiment ? variant : -1}`;
  });
  return [id, ...arms].join(' ');
};

const lines = Array.from({ length: digest.ids }, (_, n) => lineOf(n));
process.stdout.write(createHash('sha256').update(lines.join('\n')).digest('hex'));
