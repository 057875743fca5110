import { countFresh, knownFacts } from '../../journal/fold-page.ts';
import type { JournalState } from '../../journal/ports.ts';
import type { Interaction } from '../../profile/types.ts';
import type { StickyAssignments } from '../types.ts';
import { type ConvertPorts, convert } from './convert.ts';
import type { Conversion } from './count-conversion.ts';
import type { CountedExperiment, CountedExperiments, CountedMetric } from './counted-experiments.ts';

/** A recommendation that somebody acted on, and the round of the experiment in question. */
export type MadeFor = { readonly userId: string; readonly recommendationId: string; readonly line: string };

export type InteractionConversionPorts = ConvertPorts & {
  /** Kept in memory, and read anew if they are older than `since` (ms); asked for only where the user has seen an arm. */
  readonly countedExperiments: (since?: number) => Promise<CountedExperiments>;
  /**
   * The arm under which a recommendation was made; undefined where that is not known. Without it nothing is attributed to
   * recommendations.
   */
  readonly madeUnder?: (made: MadeFor) => Promise<string | undefined>;
};

/** Interactions of one user who saw arms, and what is folded of the user so far. */
export type ConvertRequest = {
  readonly userId: string;
  readonly interactions: readonly Interaction[];
  readonly sticky: StickyAssignments;
  readonly journal: JournalState;
};

type Match = { readonly metric: CountedMetric; readonly interaction: Interaction };

/** Arms are stored to the second. */
const SECOND_MS = 1_000;

/** What an interaction counts for a metric; undefined where it does not say it, or says something negative. */
const countedValue = ({ type }: CountedMetric, { value, durationMs }: Interaction): number | undefined => {
  if (type === 'binomial' || type === 'count') return 1;
  const said = type === 'duration' ? (durationMs ?? value) : value;
  return said !== undefined && said >= 0 ? said : undefined;
};

const inTime = ({ windowMs }: CountedMetric, occurredAt: number, seenAt: number, endsAt: number): boolean =>
  occurredAt >= seenAt && occurredAt <= seenAt + SECOND_MS + windowMs && occurredAt < endsAt;

/** Interactions that may count for a metric, by what is known without the row. */
const matchesOf = (
  { metrics, endsAt }: CountedExperiment,
  interactions: readonly Interaction[],
  seenAt: number,
): Match[] =>
  metrics.flatMap((metric) =>
    interactions
      .filter(({ type, occurredAt }) => type === metric.event && inTime(metric, occurredAt, seenAt, endsAt))
      .map((interaction) => ({ metric, interaction })),
  );

type Line = { readonly one: CountedExperiment; readonly variant: string; readonly matches: readonly Match[] };

const linesOf = (
  { byLine }: CountedExperiments,
  { userId, interactions, sticky }: Omit<ConvertRequest, 'journal'>,
): Line[] =>
  Object.entries(sticky).flatMap(([line, [variant, seenAt]]) => {
    const one = byLine.get(line);
    if (!one || one.testers.has(userId)) return [];
    const matches = matchesOf(one, interactions, seenAt);
    return matches.length === 0 ? [] : [{ one, variant, matches }];
  });

const isAttributed = async (
  { madeUnder }: InteractionConversionPorts,
  { one: { line }, variant }: Line,
  { metric, interaction: { userId, recommendationId } }: Match,
): Promise<boolean> => {
  if (metric.attribution === 'user') return true;
  if (!madeUnder || recommendationId === undefined) return false;
  return (await madeUnder({ userId, recommendationId, line })) === variant;
};

const convertLine = async (
  ports: InteractionConversionPorts,
  userId: string,
  line: Line,
  fresh: ReadonlySet<string>,
): Promise<void> => {
  const conversions: Conversion[] = [];
  for (const match of line.matches) {
    const { metric, interaction } = match;
    const { interactionId, occurredAt } = interaction;
    const value = countedValue(metric, interaction);
    if (value === undefined || !fresh.has(interactionId) || !(await isAttributed(ports, line, match)))
      continue;
    conversions.push({ metric, id: interactionId, value, occurredAt });
  }
  if (conversions.length > 0) await convert(ports, { line: line.one.line, userId }, conversions);
};

/** Where the user saw an arm of an experiment that is not known, and lately, it may be newer than what is in memory. */
const experimentsFor = async (
  { countedExperiments }: InteractionConversionPorts,
  sticky: StickyAssignments,
): Promise<CountedExperiments> => {
  const known = await countedExperiments();
  const unknown = Object.entries(sticky).filter(([line]) => !known.byLine.has(line));
  const newest = Math.max(0, ...unknown.map(([, [, seenAt]]) => seenAt + SECOND_MS));
  return newest > known.checkedAt ? countedExperiments(newest) : known;
};

/**
 * Counts interactions as conversions of the running experiments whose arms the user saw; to be called before they are recorded.
 * Exactly once in effect: what the journal has counted is left out here, however long ago that was, and what was cut off
 * between here and the journal is known by the keys of the row when it is delivered again. One read and one write for
 * each experiment that an interaction counts for, none for anybody else.
 *
 * @throws Conflict where other conversions of the user kept winning; the call may be repeated
 */
export const convertInteractions = async (
  ports: InteractionConversionPorts,
  request: ConvertRequest,
): Promise<void> => {
  const { userId, interactions, sticky, journal } = request;
  if (Object.keys(sticky).length === 0) return;
  const lines = linesOf(await experimentsFor(ports, sticky), request);
  if (lines.length === 0) return;
  const counted = countFresh(interactions, knownFacts(journal), journal.resetAt);
  const fresh = new Set(counted.map(({ interactionId }) => interactionId));
  await Promise.all(lines.map((line) => convertLine(ports, userId, line, fresh)));
};
