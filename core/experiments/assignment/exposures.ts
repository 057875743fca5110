import { allowsTracking } from '../../privacy/consent.ts';
import type { Behaviour } from '../../profile/behaviour.ts';
import type { StoredProfile } from '../../profile/stored-profile.ts';
import { firstRow } from '../outcomes/first-row.ts';
import type { OutcomeStore } from '../outcomes/ports.ts';
import type { Assignment, StickyAssignments } from '../types.ts';
import type { CompiledExperiment, CompiledExperimentSet } from './compile-experiments.ts';
import type { AssignmentStore } from './ports.ts';

/** Arms that a user is shown now. */
export type Showing = {
  readonly userId: string;
  readonly assignments: readonly Assignment[];
  readonly sticky: StickyAssignments;
  /** Whose consent decides whether anything is stored; undefined for somebody new, who has forbidden nothing. */
  readonly profile: StoredProfile | undefined;
  /** What was folded of the user before; undefined for somebody new. */
  readonly behaviour: Behaviour | undefined;
  /** ms since the epoch */
  readonly now: number;
};

export type ExposurePorts = {
  readonly assignments: Pick<AssignmentStore, 'expose'>;
  readonly outcomes: Pick<OutcomeStore, 'expose'>;
};

/** What is to be stored of a showing. */
export type Exposures = { readonly additions: StickyAssignments; readonly stale: readonly string[] };

/** A line that this process does not know may be of an experiment that was made a moment ago: only old ones are forgotten. */
const STALE_AFTER_MS = 24 * 3_600_000;
/** At once, so that the update stays within DynamoDB's 4 KB of expression; the others are kept the next time. */
export const MOST_AT_ONCE = 50;

const isTester = ({ experiment }: CompiledExperiment, userId: string): boolean =>
  Object.hasOwn(experiment.body.forced ?? {}, userId);

/**
 * The arms that are seen for the first time, and the stored lines whose experiment (or round) is gone. Testers are not counted.
 * Undefined where there is nothing new: stale lines alone are not worth a write.
 */
export const exposuresOf = (
  set: Pick<CompiledExperimentSet, 'experiments'>,
  { userId, assignments, sticky, now }: Omit<Showing, 'behaviour' | 'profile'>,
): Exposures | undefined => {
  const byId = new Map(set.experiments.map((one) => [one.experiment.id, one]));
  const additions = assignments.flatMap(({ experimentId, inExperiment, variant, propensity }) => {
    const one = byId.get(experimentId);
    if (!one || !inExperiment || isTester(one, userId) || sticky[one.line]) return [];
    return [[one.line, [variant, now, propensity]] as const];
  });
  if (additions.length === 0) return undefined;
  const lines = new Set(set.experiments.map(({ line }) => line));
  const stale = Object.entries(sticky)
    .filter(([line, [, exposedAt]]) => !lines.has(line) && exposedAt < now - STALE_AFTER_MS)
    .map(([line]) => line);
  return {
    additions: Object.fromEntries(additions.slice(0, MOST_AT_ONCE)),
    stale: stale.slice(0, MOST_AT_ONCE),
  };
};

type Set = Pick<CompiledExperimentSet, 'experiments'>;

/** Counts the user as exposed; answers the arms as they are counted, which may be those of an earlier attempt. */
const countExposures = async (
  { outcomes }: ExposurePorts,
  { experiments }: Set,
  { userId, behaviour }: Showing,
  additions: StickyAssignments,
): Promise<StickyAssignments> => {
  const counted = experiments.map(async (one) => {
    const [variant, exposedAt, propensity = 1] = additions[one.line] ?? [];
    if (variant === undefined || exposedAt === undefined) return [];
    const row = await outcomes.expose(firstRow(one, { userId, variant, exposedAt, propensity, behaviour }));
    return [[one.line, [row.variant, row.exposedAt, row.propensity]] as const];
  });
  return Object.fromEntries((await Promise.all(counted)).flat());
};

/**
 * Counts and stores the arms that are shown for the first time; answers what is stored then: where it says another arm than
 * `assignments`, that one has to be shown. No write where nothing is new. A user is counted, once for each line, before the arm
 * is stored and answered, so that a crash in between loses no exposure: the next attempt finds the row and takes its arm. Of
 * two requests with different arms the first one's counts. Without consent to store what users do nothing is counted or stored.
 */
export const keepExposures = async (
  ports: ExposurePorts,
  set: Set,
  showing: Showing,
): Promise<StickyAssignments> => {
  const exposures = allowsTracking(showing.profile) ? exposuresOf(set, showing) : undefined;
  if (!exposures) return showing.sticky;
  const { additions, stale } = exposures;
  const arms = await countExposures(ports, set, showing, additions);
  return ports.assignments.expose(showing.userId, arms, stale);
};

/** True where an arm was shown for the first time, and another one is stored of the user: an earlier attempt or another request. */
export const showsOtherArms = (
  { experiments }: Set,
  { assignments, sticky }: Pick<Showing, 'assignments' | 'sticky'>,
  stored: StickyAssignments,
): boolean => {
  if (stored === sticky) return false;
  const lines = new Map(experiments.map(({ experiment, line }) => [experiment.id, line]));
  return assignments.some(({ experimentId, inExperiment, variant }) => {
    const line = lines.get(experimentId) ?? '';
    const [seen = variant] = stored[line] ?? [];
    return inExperiment && !sticky[line] && seen !== variant;
  });
};
