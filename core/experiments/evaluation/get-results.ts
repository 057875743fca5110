import { NotFound, Unavailable } from '../../errors.ts';
import { getExperiment } from '../definition/manage-experiments.ts';
import type { Results } from '../results/types.ts';
import { lineOfRound, seedOf } from '../rounds.ts';
import type { Experiment } from '../types.ts';
import { recount, resultsOf } from './evaluate-round.ts';
import type { ResultPorts } from './ports.ts';
import type { Evaluation, PastEvaluation } from './types.ts';

/** Results that are older are counted again, where that is quick. */
const FRESH_MS = 60_000;
/** Users that are counted while somebody waits. */
const MOST_RECOUNTED = 20_000;
/** Versions that are searched for an earlier round. */
const VERSIONS = 200;
/** A day of hourly evaluations. */
const HISTORY = 24;

export type ResultsQuestion = {
  /** Id of the experiment, or its key. */
  readonly experiment: string;
  /** Of an earlier round. */
  readonly seed?: string;
  /** ms since the epoch */
  readonly now: number;
};

export type ToldResults = {
  /** As it was in that round, where an earlier one was asked for. */
  readonly experiment: Experiment;
  readonly results: Results;
  readonly evaluatedAt: number;
  readonly source: 'stored' | 'recounted';
  /** Newest first. */
  readonly history: readonly PastEvaluation[];
};

/** The experiment as it was last in the round of a seed. */
const roundOf = async (
  { experiments }: Pick<ResultPorts, 'experiments'>,
  present: Experiment,
  seed: string | undefined,
): Promise<Experiment> => {
  if (seed === undefined || seed === seedOf(present.body)) return present;
  const earlier = await experiments.versions(present.id, { limit: VERSIONS, below: present.version });
  const found = earlier.find(({ body }) => body !== null && seedOf(body) === seed);
  if (!found) throw new NotFound(`There was no round with the seed "${seed}"`);
  // It is over: nobody is drawn in it any more.
  const body = found.body as Experiment['body'];
  return { ...found, body: { ...body, status: 'completed' } };
};

const usersOf = ({ counts }: Evaluation): number =>
  counts.arms.reduce((sum, { users }) => sum + users, counts.multipleExposures);

/** Counts that answer a question without reading any user. */
const isFresh = (stored: Evaluation, { version }: Experiment, now: number): boolean => {
  if (stored.isFinal || usersOf(stored) > MOST_RECOUNTED) return true;
  return stored.version === version && now - stored.evaluatedAt < FRESH_MS;
};

const NOBODY = { arms: [], multipleExposures: 0, caps: {} };

const current = async (
  ports: ResultPorts,
  experiment: Experiment,
  now: number,
): Promise<{ readonly evaluation: Pick<Evaluation, 'counts' | 'evaluatedAt'>; isStored: boolean }> => {
  const stored = await ports.results.get(lineOfRound(experiment));
  if (stored && isFresh(stored, experiment, now)) return { evaluation: stored, isStored: true };
  if (experiment.body.status === 'draft')
    return { evaluation: { counts: NOBODY, evaluatedAt: now }, isStored: false };
  const counted = await recount(ports, experiment, { now, most: MOST_RECOUNTED });
  if (counted) return { evaluation: counted, isStored: false };
  if (stored) return { evaluation: stored, isStored: true };
  throw new Unavailable(
    'There are too many users to count while you wait, and the first hourly evaluation is still to come',
  );
};

/**
 * What an experiment tells. Counts of the last evaluation, where they are younger than a minute, of more than 20,000 users, or final;
 * else the users are counted again and that is kept.
 *
 * @throws NotFound for no such experiment, or no round of that seed; Unavailable before the first evaluation of very many users
 */
export const getResults = async (
  ports: ResultPorts,
  { experiment: idOrKey, seed, now }: ResultsQuestion,
): Promise<ToldResults> => {
  const experiment = await roundOf(ports, await getExperiment(ports, idOrKey), seed);
  const [{ evaluation, isStored }, history] = await Promise.all([
    current(ports, experiment, now),
    ports.results.history(lineOfRound(experiment), HISTORY),
  ]);
  return {
    experiment,
    results: resultsOf(experiment, evaluation, ports.distributions),
    evaluatedAt: evaluation.evaluatedAt,
    source: isStored ? 'stored' : 'recounted',
    history,
  };
};
