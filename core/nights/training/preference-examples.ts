import type { ItemNeighbours } from '../../learn/types.ts';
import type { Choice } from '../../learn/users/preference/choice.ts';
import { choiceExamples } from '../../learn/users/preference/choice-examples.ts';
import { PREFERENCE_FEATURES } from '../../learn/users/preference/preference-features.ts';
import type { PreferenceExample } from '../../learn/users/preference/train-preference.ts';
import type { UserRow } from '../../learn/users/types.ts';
import { keys } from '../keys.ts';
import type { NightPorts } from '../ports.ts';
import type { ModelDocument, NeighbourRow } from './model-document.ts';

const SEED = 1;

type StoredLists = { items: string[]; neighbours: Map<string, ItemNeighbours> };

/** Every item that has lists, and the lists of those that any of the histories holds. */
const listsFor = async (
  { objects }: NightPorts,
  runId: string,
  choices: readonly Choice[],
): Promise<StoredLists> => {
  const wanted = new Set(choices.flatMap(({ history }) => history.map(({ itemId }) => itemId)));
  const found: StoredLists = { items: [], neighbours: new Map() };
  for (const key of await objects.list(keys.neighboursPrefix(runId)))
    for await (const line of objects.readJsonLines(key)) {
      const { itemId, neighbours } = line as NeighbourRow;
      found.items.push(itemId);
      if (wanted.has(itemId)) found.neighbours.set(itemId, neighbours);
    }
  return found;
};

/** The content type of every item of the catalogue. */
const typesOf = async ({ catalog }: NightPorts): Promise<Map<string, string>> => {
  const types = new Map<string, string>();
  for (const type of (await catalog.head()).types)
    for await (const { itemId } of catalog.listAll(type)) types.set(itemId, type);
  return types;
};

export type PreferenceExamples = { examples: Iterable<PreferenceExample>; features: readonly string[] };

/**
 * What users chose since the model in service was trained, as examples by its own lists and ranking: they had not seen it, and
 * serving will ask by lists like these. Undefined before there is a model, or where its objects are gone.
 */
export const preferenceExamples = async (
  ports: NightPorts,
  rows: readonly UserRow[],
): Promise<PreferenceExamples | undefined> => {
  const model = await ports.models.getModel();
  if (model === undefined) return undefined;
  const choices = rows.flatMap(({ choice }) => (choice && choice.at > model.trainedAt ? [choice] : []));
  const runId = String(model.notes?.runId);
  const document = (await ports.objects.getJson(keys.model(runId))) as ModelDocument | undefined;
  if (document?.trained === undefined || document.trained.model.version !== model.version) return undefined;
  const { items, neighbours } = await listsFor(ports, runId, choices);
  const popular = document.trained.rankings.popular ?? [];
  const types = await typesOf(ports);
  const sources = {
    neighbours,
    popularity: new Map(popular.map(({ itemId, score }) => [itemId, score])),
    typeOf: (itemId: string) => types.get(itemId),
  };
  return {
    examples: choiceExamples(choices, sources, items, { seed: SEED, after: model.trainedAt }),
    features: PREFERENCE_FEATURES,
  };
};
