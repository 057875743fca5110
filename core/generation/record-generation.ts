import { NotFound } from '../errors.ts';
import { allowsTracking, CONSENT_REASON } from '../privacy/consent.ts';
import { remembered } from './memory.ts';
import { rewardOf } from './outcome-reward.ts';
import { changeGenerations, type GeneratingDomain, type RecordGenerationPorts } from './ports.ts';
import { within } from './space.ts';
import type {
  GenerationMemory,
  GenerationOutcome,
  GenerationPlace,
  GenerationSpace,
  Parameters,
} from './types.ts';

export type ToldOutcome = {
  readonly userId: string;
  readonly generationId: string;
  /** What the generator was told, as far as it is not what the engine chose. */
  readonly parameters?: Parameters | undefined;
  /** Of a generation whose parameters the engine did not choose. */
  readonly place: GenerationPlace;
  readonly outcome: GenerationOutcome;
  readonly domain: GeneratingDomain;
  /** ms since the epoch */
  readonly now: number;
};

const EMPTY_SPACE: GenerationSpace = { parameters: [] };
const MOST_NAMED = 10;

type Settled = {
  readonly memory: GenerationMemory;
  readonly learned: Parameters;
  readonly outside: readonly string[];
  readonly known: boolean;
};

/**
 * The memory after an outcome; one that was told before for the same generation is replaced.
 * @throws NotFound for an unknown generation without parameters
 */
export const settleGeneration = (memory: GenerationMemory, told: ToldOutcome): Settled => {
  const { generationId, parameters, place, outcome, now } = told;
  const space = told.domain.generation ?? EMPTY_SPACE;
  const before = memory.generations.find(({ id }) => id === generationId);
  if (!before && !parameters) {
    throw new NotFound(
      `The generationId "${generationId}" is not among the last generations of this user: tell its parameters with the outcome`,
    );
  }
  const { inside, outside } = within(space, parameters ?? {});
  const { reward: _, ...kept } = before ?? { id: generationId, at: now, parameters: {}, ...place };
  const reward = rewardOf(outcome);
  const used = { ...kept.parameters, ...inside };
  const generation = { ...kept, parameters: used, ...(reward !== null && { reward }) };
  return {
    memory: remembered(memory, generation, space),
    learned: reward === null ? {} : within(space, used).inside,
    outside,
    known: before !== undefined,
  };
};

const listed = (names: readonly string[]): string =>
  names.length > MOST_NAMED
    ? `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`
    : names.join(', ');

const reasonOf = ({ outside }: Settled, reward: number | null): string | undefined => {
  const said = [
    ...(reward === null ? ['A failure says nothing of the parameters'] : []),
    ...(outside.length > 0 ? [`Kept out, since the product does not declare it: ${listed(outside)}`] : []),
  ];
  return said.length > 0 ? said.join('. ') : undefined;
};

/** What is answered where consent forbids to store anything: as if the generation were not known. */
const nothingStored = ({ generationId, outcome }: ToldOutcome) => ({
  success: true,
  generationId,
  reward: rewardOf(outcome),
  learned: {},
  known: false,
  reason: CONSENT_REASON,
});

/**
 * Learns from how a generation ended. Idempotent: the same outcome told again changes nothing, another one replaces it. Nothing is stored
 * of a user whose consent forbids it.
 * @throws NotFound naming the generation, Conflict where others kept changing the user's
 */
export const recordGeneration = async (ports: RecordGenerationPorts, told: ToldOutcome) => {
  const { userId, generationId, now } = told;
  const [{ profile }, memory] = await Promise.all([
    ports.users.load(userId, { parts: 'head', now }),
    ports.generations.get(userId),
  ]);
  if (!allowsTracking(profile)) return nothingStored(told);
  const settled = await changeGenerations(ports, { userId, memory }, (before) =>
    settleGeneration(before, told),
  );
  const reward = rewardOf(told.outcome);
  const reason = reasonOf(settled, reward);
  return {
    success: true,
    generationId,
    reward,
    learned: settled.learned,
    known: settled.known,
    ...(reason !== undefined && { reason }),
  };
};
