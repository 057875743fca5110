import { engagedTerms } from '../catalog/engaged-terms.ts';
import type { CatalogItem } from '../catalog/types.ts';
import { newDecisionId, wholeDecisionId } from '../decisions/decision-id.ts';
import { keepDecision } from '../decisions/keep-decision.ts';
import { textHash } from '../numbers/text-hash.ts';
import { allowsTracking, CONSENT_REASON } from '../privacy/consent.ts';
import { emptyBehaviour } from '../profile/behaviour.ts';
import { contentHistory } from '../profile/fold/recent.ts';
import type { LoadedUser } from '../profile/ports.ts';
import { allowsPersonalisation, newProfile } from '../profile/stored-profile.ts';
import { dominantSegment } from '../segments/segments-of.ts';
import { chooseParameters, overallConfidence } from './choose-parameters.ts';
import { generationTraceOf, shorterGenerationTrace } from './generation-trace.ts';
import { remembered } from './memory.ts';
import { type GenerationKnown, nobodyKnown } from './option.ts';
import { changeGenerations, type GeneratingDomain, type GenerationPorts } from './ports.ts';
import type {
  ChosenParameter,
  GenerationMemory,
  GenerationPlace,
  GenerationSpace,
  Parameters,
} from './types.ts';

export type GenerationAsk = {
  readonly userId: string;
  readonly domain: GeneratingDomain;
  readonly place: GenerationPlace;
  /** ms since the epoch */
  readonly now: number;
  readonly newId: () => string;
};

/** Six hex digits: the ids of these decisions start so. */
const CONTEXT = textHash('generation-params').toString(16).padStart(8, '0').slice(0, 6);
const EMPTY_SPACE: GenerationSpace = { parameters: [] };

const knownOf = (
  { profile, journal }: LoadedUser,
  { tallies }: GenerationMemory,
  {
    userId,
    itemOf,
    now,
  }: { userId: string; itemOf: (itemId: string) => CatalogItem | undefined; now: number },
): GenerationKnown => {
  const stored = profile ?? newProfile(userId, now);
  const behaviour = journal.behaviour ?? emptyBehaviour();
  return {
    tallies,
    preferences: stored.preferences,
    engaged: engagedTerms(contentHistory(behaviour), itemOf),
    segment: dominantSegment(stored, behaviour, now),
  };
};

const valuesOf = (chosen: readonly ChosenParameter[]): Parameters =>
  Object.fromEntries(chosen.map(({ name, value }) => [name, value]));

type Made = { readonly chosen: readonly ChosenParameter[]; readonly generationId: string };

/** Remembers what was chosen, so that an outcome need not repeat it. */
const remember = async (
  ports: GenerationPorts,
  { userId, domain, place, now }: GenerationAsk,
  { chosen, generationId }: Made,
  memory: GenerationMemory,
): Promise<void> => {
  const generation = { id: generationId, at: now, parameters: valuesOf(chosen), ...place };
  const space = domain.generation ?? EMPTY_SPACE;
  await changeGenerations(ports, { userId, memory }, (before) => ({
    memory: remembered(before, generation, space),
  }));
};

const trace = async (ports: GenerationPorts, ask: GenerationAsk, made: Made, decisionId: string) => {
  const { userId, domain, place, now } = ask;
  const { chosen: parameters, generationId } = made;
  const body = generationTraceOf({ domain: domain.name, generationId, place, parameters });
  await keepDecision(ports, { decisionId, userId, decidedAt: now, body }, shorterGenerationTrace);
};

const reasonOf = ({ name, generation }: GeneratingDomain, allowed: boolean): string | undefined => {
  if (!generation) return `The product "${name}" declares no parameters of generations`;
  return allowed ? undefined : CONSENT_REASON;
};

const bodyOf = (chosen: readonly ChosenParameter[]) => ({
  parameters: { ...valuesOf(chosen) },
  confidence: overallConfidence(chosen),
  reasons: Object.fromEntries(
    chosen.map(({ name, reason, confidence, expected, from }) => [
      name,
      { reason, confidence, expected, from },
    ]),
  ),
});

/**
 * Parameters of a generation that are expected to do best for a user. Two round trips: what is known, then the memory and the trace
 * side by side. Whoever does not allow personalisation gets what does best for everybody, and nothing is read of them or remembered.
 */
export const decideGeneration = async (ports: GenerationPorts, ask: GenerationAsk) => {
  const { userId, domain, place, now, newId } = ask;
  const [loaded, memory, population, itemOf, seal] = await Promise.all([
    ports.users.load(userId, { parts: 'head', now }),
    ports.generations.get(userId),
    ports.population(),
    ports.itemOf(),
    ports.userSeal(),
  ]);
  const allowed = !loaded.profile || allowsPersonalisation(loaded.profile);
  const known = allowed ? knownOf(loaded, memory, { userId, itemOf, now }) : nobodyKnown;
  const chosen = chooseParameters(domain.generation ?? EMPTY_SPACE, { known, population, place });
  const bareId = newDecisionId(CONTEXT, now, newId);
  const made = { chosen, generationId: `gen.${newId()}` };
  const keeps = allowed && domain.generation !== undefined;
  await Promise.all([
    keeps && allowsTracking(loaded.profile) ? remember(ports, ask, made, memory) : undefined,
    keeps ? trace(ports, ask, made, bareId) : undefined,
  ]);
  const reason = reasonOf(domain, allowed);
  return {
    generationId: made.generationId,
    ...bodyOf(chosen),
    ...(reason !== undefined && { reason }),
    decisionId: wholeDecisionId(bareId, seal.seal(userId, bareId)),
    generatedAt: new Date(now).toISOString(),
    source: keeps ? ('computed' as const) : ('fallback' as const),
  };
};
