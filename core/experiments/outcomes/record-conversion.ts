import { allowsTracking, CONSENT_REASON } from '../../privacy/consent.ts';
import type { LoadedUser, UsersStore } from '../../profile/ports.ts';
import { checkOccurrence } from '../../tracking/normalise.ts';
import { type FindPorts, findExperiment } from '../assignment/find-experiment.ts';
import { metricOf, type SentConversion } from './check-conversion.ts';
import { type ConvertPorts, convert } from './convert.ts';
import type { InteractionConversionPorts } from './convert-interactions.ts';
import type { Conversion } from './count-conversion.ts';
import { type CountedExperiment, countedExperiment, countedMetric } from './counted-experiments.ts';

export type ConversionPorts = FindPorts &
  ConvertPorts &
  Pick<InteractionConversionPorts, 'madeUnder'> & {
    readonly users: Pick<UsersStore, 'load'>;
    readonly abTesting: boolean;
  };

export type ConversionQuestion = {
  readonly userId: string;
  /** Id of the experiment, or its key. */
  readonly experiment: string;
  readonly sent: SentConversion;
  /** Counts once: the conversion's own id. */
  readonly conversionId: string;
  /** ms since the epoch */
  readonly now: number;
};

/** What became of a conversion. */
export type RecordedConversion = {
  readonly experimentId: string;
  readonly key: string;
  readonly metric: string;
  /** The arm that the user saw; null where there is none. */
  readonly variant: string | null;
  readonly counted: boolean;
  readonly reason: string;
};

const NOT_RUNNING = {
  draft: 'The experiment is a draft: nothing is counted yet',
  paused: 'The experiment is paused: nothing is counted meanwhile',
  completed: 'The experiment is completed: nothing is counted any more',
} as const;

/** Retention says nothing here: what is too old is so by the exposure. */
const occurredAtOf = (occurredAt: string | undefined, now: number): number => {
  if (occurredAt === undefined) return now;
  const at = Date.parse(occurredAt);
  checkOccurrence(at, { now, retentionMs: Number.POSITIVE_INFINITY });
  return at;
};

type Situation = {
  readonly one: CountedExperiment;
  readonly loaded: LoadedUser;
  readonly userId: string;
  readonly abTesting: boolean;
};

/** Why nothing of this user is counted; undefined where it is. */
const uncounted = ({ one, loaded, userId, abTesting }: Situation): string | undefined => {
  if (!allowsTracking(loaded.profile)) return CONSENT_REASON;
  if (!abTesting) return 'Experiments are switched off';
  if (one.status !== 'running') return NOT_RUNNING[one.status];
  if (one.testers.has(userId)) return 'The user is a tester: testers are not counted';
  return loaded.sticky?.[one.line] ? undefined : 'The user has not seen an arm of this experiment';
};

/** Why this conversion does not count for the arm; undefined where the row decides. */
const misattributed = async (
  { madeUnder }: ConversionPorts,
  { one: { line, endsAt, metrics }, userId }: Situation,
  { variant: seen, sent, occurredAt }: { variant: string; sent: SentConversion; occurredAt: number },
): Promise<string | undefined> => {
  if (sent.variant !== undefined && sent.variant !== seen)
    return `The user saw the arm "${seen}", not "${sent.variant}"`;
  if (occurredAt >= endsAt) return 'It happened after the experiment had ended';
  if (metrics.find(({ name }) => name === sent.metric)?.attribution !== 'recommendation') return undefined;
  const { recommendationId } = sent;
  const arm = recommendationId && (await madeUnder?.({ userId, recommendationId, line }));
  return arm === seen ? undefined : 'It follows from no recommendation that was made under the arm';
};

/**
 * Counts a conversion for the arm that the user saw, once by its id: only after the exposure, within the metric's window, while the
 * experiment runs, with the user's consent. What does not count says why. Round trips: experiment and user side by side, the
 * row, its successor.
 *
 * @throws NotFound for an experiment that does not exist; Invalid naming the fields that do not fit it; Conflict where other
 * conversions of the user kept winning
 */
export const recordConversion = async (
  ports: ConversionPorts,
  { userId, experiment, sent, conversionId, now }: ConversionQuestion,
): Promise<RecordedConversion> => {
  const [found, loaded] = await Promise.all([
    findExperiment(ports, experiment),
    ports.users.load(userId, { parts: 'head', now }),
  ]);
  const metric = countedMetric(metricOf(found.experiment, sent));
  const occurredAt = occurredAtOf(sent.occurredAt, now);
  const one = countedExperiment(found.experiment);
  const { id: experimentId, body } = found.experiment;
  const about = { experimentId, key: body.key, metric: metric.name };
  const situation = { one, loaded, userId, abTesting: ports.abTesting };
  const shut = uncounted(situation);
  if (shut !== undefined) return { ...about, variant: null, counted: false, reason: shut };
  const [variant = ''] = loaded.sticky?.[one.line] ?? [];
  const reason = await misattributed(ports, situation, { variant, sent, occurredAt });
  if (reason !== undefined) return { ...about, variant, counted: false, reason };
  const conversion: Conversion = { metric, id: conversionId, value: sent.value ?? 1, occurredAt };
  const { row, judgements } = await convert(ports, { line: one.line, userId }, [conversion]);
  const [judgement = { counted: false, reason: '' }] = judgements;
  return { ...about, variant: row?.variant ?? variant, ...judgement };
};
