import type { ModelStore } from '../recommend/ports.ts';
import type { ModelCard } from './model-card.ts';
import type { CardPosition, ModelRegistry } from './ports.ts';

export type ListedModel = ModelCard & {
  readonly inService: boolean;
  /** True where one call puts it back in service. */
  readonly restorable: boolean;
};

export type ListPorts = { readonly models: ModelStore; readonly registry: ModelRegistry };

/** Model cards, newest first, each with whether its model is in service or can be put back. */
export const listModels = async (
  { models, registry }: ListPorts,
  page: { limit: number; after?: CardPosition; now: number },
): Promise<{ items: ListedModel[]; next: CardPosition | null }> => {
  const [{ cards, next }, model, kept] = await Promise.all([
    registry.cards(page),
    models.getModel(),
    registry.keptVersions(),
  ]);
  const isOf = ({ decision, version: own }: ModelCard, version: number | undefined) =>
    decision === 'promoted' && own === version;
  const items = cards.map((card) => {
    const inService = card.runId === model?.notes?.runId && isOf(card, model.version);
    const restorable = !inService && kept.some(({ version }) => isOf(card, version));
    return { ...card, inService, restorable };
  });
  return { items, next };
};
