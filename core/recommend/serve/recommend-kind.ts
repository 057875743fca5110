import type { Catalogue } from '../../catalog/catalogue.ts';
import { FEATURE_TYPE } from '../../config/features/declared-features.ts';
import { emptyBehaviour } from '../../profile/behaviour.ts';
import type { LoadedUser } from '../../profile/ports.ts';
import { allowsPersonalisation } from '../../profile/stored-profile.ts';
import { contentAnswer, ladderOf, provenanceOf } from '../answers.ts';
import { plainRequest } from '../ask.ts';
import { type Decided, decide, type ServingPorts } from './decide.ts';

export type KindAsk = {
  readonly userId: string;
  readonly limit: number;
  /** ms since the epoch */
  readonly now: number;
  readonly newId: () => string;
};

type Asked = KindAsk & { readonly type: string; readonly exclude: readonly string[] };

const NONE_LEFT = 'The user knows every feature that the application declares';

const answerOf = (decided: Decided) => ({
  recommendations: contentAnswer(decided),
  ...provenanceOf(decided),
  ...ladderOf(decided),
  experiments: decided.experiments,
});

const decideKind = (ports: ServingPorts, { userId, type, exclude, limit, now, newId }: Asked) => {
  const request = plainRequest({ limit, types: [type], exclude, now });
  return decide(ports, { userId, context: type, request, newId, arms: { context: '', chosen: [] } });
};

/** Contents of one type for a user, by the same engine as all recommendations. */
export const recommendKind = async (ports: ServingPorts, ask: KindAsk & { readonly type: string }) =>
  answerOf(await decideKind(ports, { ...ask, exclude: [] }));

const featureItems = new WeakMap<Catalogue, ReadonlyMap<string, readonly string[]>>();

/** Ids of the items that declare each feature; made once for each state of the catalogue. */
const itemsByFeature = (catalogue: Catalogue): ReadonlyMap<string, readonly string[]> => {
  const before = featureItems.get(catalogue);
  if (before) return before;
  const items = new Map<string, string[]>();
  for (const { itemId, type, attributes } of catalogue.items.values()) {
    if (type !== FEATURE_TYPE) continue;
    const { feature } = attributes;
    const name = typeof feature === 'string' && feature !== '' ? feature : itemId;
    items.set(name, [...(items.get(name) ?? []), itemId]);
  }
  featureItems.set(catalogue, items);
  return items;
};

const usedFeatures = ({ profile, journal }: LoadedUser): readonly string[] =>
  profile && !allowsPersonalisation(profile)
    ? []
    : (journal.behaviour ?? emptyBehaviour()).features.map(([feature]) => feature);

/**
 * Features that are declared in the catalogue and that the user has not used, by the same engine. The user is read once: what excludes
 * and what ranks comes from the same reading.
 */
export const recommendFeatures = async (ports: ServingPorts, ask: KindAsk) => {
  const [loaded, { catalogue }] = await Promise.all([
    ports.users.load(ask.userId, { parts: 'all', now: ask.now }),
    ports.shared(),
  ]);
  const declared = itemsByFeature(catalogue);
  const exclude = usedFeatures(loaded).flatMap((feature) => declared.get(feature) ?? []);
  const once: ServingPorts = { ...ports, users: { load: async () => loaded } };
  const answer = answerOf(await decideKind(once, { ...ask, type: FEATURE_TYPE, exclude }));
  const isExhausted = answer.recommendations.length === 0 && exclude.length > 0;
  return isExhausted ? { ...answer, reason: NONE_LEFT } : answer;
};
