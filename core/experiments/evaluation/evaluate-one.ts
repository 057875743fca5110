import { changeDefinition } from '../../definitions/change-definitions.ts';
import { DomainError } from '../../errors.ts';
import { announceStatus, announceVerdict } from '../announcements/announce.ts';
import type { AnnouncePorts } from '../announcements/ports.ts';
import type { Announced } from '../announcements/types.ts';
import { type ExperimentPorts, experimentKind } from '../definition/manage-experiments.ts';
import type { Results } from '../results/types.ts';
import { lineOfRound } from '../rounds.ts';
import type { Experiment } from '../types.ts';
import { decideChange } from './decide-change.ts';
import { recount, resultsOf } from './evaluate-round.ts';
import { isDue } from './is-due.ts';
import { pastEvaluation } from './past-evaluation.ts';
import type { ResultPorts } from './ports.ts';
import type { Evaluation } from './types.ts';

export type EvaluatePorts = ResultPorts & ExperimentPorts & AnnouncePorts;

/** `sub` of the changes that the job makes. */
export const JOB = 'job:evaluate-experiments';

/** What an hour did to one experiment. */
export type Evaluated = {
  readonly users: number;
  readonly verdict: Results['verdict'];
  readonly change: 'status' | 'weights' | 'none';
};

/** Makes the change unless somebody else has changed the experiment since it was read: the next hour decides anew. */
const apply = async (
  ports: EvaluatePorts,
  { id, version, body }: Experiment,
  evaluated: { readonly evaluation: Evaluation; readonly results: Results },
): Promise<Experiment | undefined> => {
  const { evaluatedAt: now, counts } = evaluated.evaluation;
  const change = decideChange(body, { counts, results: evaluated.results, now });
  if (!change) return undefined;
  try {
    const by = { sub: JOB, now, reason: change.reason };
    return await changeDefinition(experimentKind(ports), { id, body: change.body, version }, by);
  } catch (error) {
    if (error instanceof DomainError && error.kind === 'conflict') return undefined;
    throw error;
  }
};

const kindOfChange = (before: Experiment, after: Experiment | undefined): Evaluated['change'] => {
  if (!after) return 'none';
  return after.body.status === before.body.status ? 'weights' : 'status';
};

/**
 * The hourly work on one experiment: count, keep the results, do what follows from them, and tell of it. Each part is durable before the
 * next begins, and a repeat finds nothing left to do. Answers undefined where there was nothing to count.
 */
export const evaluateOne = async (
  ports: EvaluatePorts,
  experiment: Experiment,
  { now, told }: { readonly now: number; readonly told: Announced | undefined },
): Promise<Evaluated | undefined> => {
  const line = lineOfRound(experiment);
  const announced = await announceStatus(ports, experiment, told);
  if (!isDue(experiment, await ports.results.get(line), now)) return undefined;
  const evaluation = await recount(ports, experiment, { now });
  if (!evaluation) return undefined;
  const results = resultsOf(experiment, evaluation, ports.distributions);
  await ports.results.note(line, pastEvaluation(results, now));
  const changed = await apply(ports, experiment, { evaluation, results });
  const { verdict, recommendation: reason, users } = results;
  const isTold = changed ? await announceStatus(ports, changed, announced) : announced;
  await announceVerdict(ports, experiment, { line, verdict, reason, at: now, by: JOB }, isTold);
  return { users, verdict, change: kindOfChange(experiment, changed) };
};
