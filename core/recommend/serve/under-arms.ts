import { readsModels, valuesOf } from '../../config/rule-data.ts';
import { type AssignmentInputs, readsOfExperiment } from '../../experiments/assignment/assignment-trace.ts';
import type { CompiledExperimentSet } from '../../experiments/assignment/compile-experiments.ts';
import { type ExposurePorts, keepExposures, showsOtherArms } from '../../experiments/assignment/exposures.ts';
import type { StickyAssignments } from '../../experiments/types.ts';
import type { UserModels } from '../../learn/users/types.ts';
import { emptyBehaviour } from '../../profile/behaviour.ts';
import type { LoadedUser } from '../../profile/ports.ts';
import { newProfile } from '../../profile/stored-profile.ts';
import type { Switches } from '../../switches.ts';
import { type ArmsAsk, type Candidate, candidatesAt, drawArms, type ShownArm } from './arms.ts';

export type ArmPorts = ExposurePorts & {
  /** Kept in memory; no round trip most of the time. */
  readonly experimentSet: () => Promise<CompiledExperimentSet>;
  /** Learned models of users; asked for only where a condition reads what they say. */
  readonly userModels: () => Promise<UserModels | undefined>;
  readonly switches: Pick<Switches, 'abTesting' | 'ml'>;
  /** Told when an arm that was shown could not be stored: the same arm is drawn again. */
  readonly exposureLost: (error: unknown) => void;
};

/** A user who may be personalised asks for a list. */
export type Asking = {
  readonly userId: string;
  readonly loaded: LoadedUser;
  readonly experiments: CompiledExperimentSet;
  readonly ask: ArmsAsk;
  /** ms since the epoch */
  readonly now: number;
};

/** An answer and the arms that it was made under. */
export type UnderArms<T> = { readonly arms: readonly ShownArm[]; readonly answer: T };

const gather = async (
  { userModels, switches }: ArmPorts,
  candidates: readonly Candidate[],
  { userId, loaded, ask, now }: Asking,
): Promise<AssignmentInputs> => {
  const reads = [...new Set(candidates.flatMap(({ one }) => readsOfExperiment(one)))];
  const profile = loaded.profile ?? newProfile(userId, now);
  const values = valuesOf(reads, {
    ask: { userId, context: ask.context, device: ask.device, attributes: {}, now },
    timezone: profile.timezone ?? 'UTC',
    known: { profile, behaviour: loaded.journal.behaviour ?? emptyBehaviour() },
    models: switches.ml && readsModels(reads) ? await userModels() : undefined,
  });
  return { userId, now, values, abTesting: switches.abTesting, sticky: loaded.sticky ?? {} };
};

type Drawn = { readonly inputs: AssignmentInputs; readonly arms: readonly ShownArm[] };

/** The arms as they are stored then; those from before where they could not be. */
const show = async (
  ports: ArmPorts,
  { experiments, loaded }: Asking,
  { inputs: { userId, sticky, now }, arms }: Drawn,
): Promise<StickyAssignments> => {
  const assignments = arms.map(({ assignment }) => assignment);
  const { profile, journal } = loaded;
  const { behaviour } = journal;
  const showing = { userId, assignments, sticky, profile, behaviour, now };
  try {
    return await keepExposures(ports, experiments, showing);
  } catch (error) {
    ports.exposureLost(error);
    return sticky;
  }
};

/**
 * Makes a list under the user's arms. They are stored where they are shown for the first time, beside the making; where other
 * arms turn out to be stored the list is made once more under those: nobody sees two. Where no experiment is about
 * recommendations nothing is asked, read or written.
 */
export const underArms = async <T>(
  ports: ArmPorts,
  asking: Asking,
  make: (arms: readonly ShownArm[]) => Promise<T>,
): Promise<UnderArms<T>> => {
  const candidates = ports.switches.abTesting ? candidatesAt(asking.experiments, asking.ask) : [];
  if (candidates.length === 0) return { arms: [], answer: await make([]) };
  const inputs = await gather(ports, candidates, asking);
  const arms = drawArms(candidates, inputs);
  const [answer, stored] = await Promise.all([make(arms), show(ports, asking, { inputs, arms })]);
  const assignments = arms.map(({ assignment }) => assignment);
  if (!showsOtherArms(asking.experiments, { assignments, sticky: inputs.sticky }, stored)) {
    return { arms, answer };
  }
  const others = drawArms(candidates, { ...inputs, sticky: stored });
  return { arms: others, answer: await make(others) };
};
