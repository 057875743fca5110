import { readsModels, valuesOf } from '../../config/rule-data.ts';
import type { UserModels } from '../../learn/users/types.ts';
import { emptyBehaviour } from '../../profile/behaviour.ts';
import type { LoadedUser } from '../../profile/ports.ts';
import { newProfile } from '../../profile/stored-profile.ts';
import type { Switches } from '../../switches.ts';
import { type AssignmentInputs, readsOfExperiment } from './assignment-trace.ts';
import type { CompiledExperiment } from './compile-experiments.ts';

export type InputPorts = {
  /** Learned models of users; asked for only where the condition reads what they say. */
  readonly models: () => Promise<UserModels | undefined>;
  readonly switches: Pick<Switches, 'abTesting' | 'ml'>;
};

/** Who asks for an arm, from where. */
export type Asked = {
  readonly userId: string;
  readonly context?: string;
  readonly device?: string;
  readonly locale?: string;
  /** ms since the epoch */
  readonly now: number;
};

/** What an arm is decided from: what the condition reads, and the arms that the user saw. */
export const gatherInputs = async (
  { models, switches }: InputPorts,
  one: CompiledExperiment,
  loaded: LoadedUser,
  { userId, now, context = '', device, locale }: Asked,
): Promise<AssignmentInputs> => {
  const reads = readsOfExperiment(one);
  const profile = loaded.profile ?? newProfile(userId, now);
  const values = valuesOf(reads, {
    ask: { userId, context, device, locale, attributes: {}, now },
    timezone: profile.timezone ?? 'UTC',
    known: { profile, behaviour: loaded.journal.behaviour ?? emptyBehaviour() },
    models: switches.ml && readsModels(reads) ? await models() : undefined,
  });
  return { userId, now, values, abTesting: switches.abTesting, sticky: loaded.config?.sticky ?? {} };
};
