import { announceStatus } from '../announcements/announce.ts';
import type { Announced } from '../announcements/types.ts';
import type { Experiment } from '../types.ts';
import { type Evaluated, type EvaluatePorts, evaluateOne } from './evaluate-one.ts';

export type EvaluationPorts = EvaluatePorts & {
  /** A line of progress with counts. */
  readonly progress: (message: string, counts: Readonly<Record<string, number | string>>) => void;
};

/** What a run did. */
export type EvaluationReport = {
  readonly experiments: number;
  readonly evaluated: number;
  readonly users: number;
  /** Statuses and weights that the job changed. */
  readonly statusChanges: number;
  readonly reweighted: number;
};

type Told = ReadonlyMap<string, Announced>;

/** Deletions that were not told: the process that made them ended in between. */
const announceDeletions = async (
  ports: EvaluatePorts,
  told: Told,
  inForce: ReadonlySet<string>,
): Promise<void> => {
  for (const [id, announced] of told) {
    if (inForce.has(id) || announced.status === 'deleted') continue;
    const newest = await ports.experiments.get(id);
    if (newest) await announceStatus(ports, newest, announced);
  }
};

const reportOf = (experiments: number, done: readonly Evaluated[]): EvaluationReport => ({
  experiments,
  evaluated: done.length,
  users: done.reduce((sum, { users }) => sum + users, 0),
  statusChanges: done.filter(({ change }) => change === 'status').length,
  reweighted: done.filter(({ change }) => change === 'weights').length,
});

type Run = { readonly now: number; readonly told: Told; readonly failures: string[] };

/** One experiment that cannot be evaluated must not keep the others from it. */
const attempt = async (
  ports: EvaluationPorts,
  experiment: Experiment,
  { now, told, failures }: Run,
): Promise<Evaluated[]> => {
  const { key } = experiment.body;
  try {
    const done = await evaluateOne(ports, experiment, { now, told: told.get(experiment.id) });
    if (!done) return [];
    ports.progress('experiment evaluated', { key, ...done });
    return [done];
  } catch (error) {
    failures.push(`${key}: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
};

/**
 * Step `evaluate-experiments`: every experiment that is under way, one after the other. A repeat changes and tells nothing new.
 *
 * @throws Error naming the experiments that failed, after all others were evaluated
 */
export const evaluateExperiments = async (
  ports: EvaluationPorts,
  { now }: { readonly now: number },
): Promise<EvaluationReport> => {
  const [{ defined }, told] = await Promise.all([ports.experiments.load(), ports.announcements.all()]);
  const run: Run = { now, told, failures: [] };
  const done: Evaluated[] = [];
  for (const experiment of defined) done.push(...(await attempt(ports, experiment, run)));
  await announceDeletions(ports, told, new Set(defined.map(({ id }) => id)));
  if (run.failures.length > 0) throw new Error(`Experiments were not evaluated: ${run.failures.join('; ')}`);
  const report = reportOf(defined.length, done);
  ports.progress('experiments evaluated', report);
  return report;
};
