import type { ItemNeighbours, RankedItem } from '../../learn/types.ts';
import type { Promotion } from '../../models/decide-promotion.ts';
import type { Engine, EvaluationCard, ModelPart, TrainingDataCard } from '../../models/model-card.ts';
import type { ModelInService } from '../../recommend/ports.ts';
import { keys } from '../keys.ts';
import type { NightPorts } from '../ports.ts';

/** Neighbours are written in as many files, so that as many publishers can work side by side. */
export const NEIGHBOUR_FILES = 8;

export type NeighbourRow = { itemId: string; neighbours: ItemNeighbours };

/** A run's training as it lies in object storage: what `promote` puts in service and writes on the card, without neighbours. */
export type ModelDocument = {
  decision: Promotion;
  /** Absent where there was nothing to train on. */
  trained?: { model: ModelInService; rankings: Record<string, RankedItem[]> };
  engine: Engine;
  data: TrainingDataCard;
  evaluation?: EvaluationCard;
  parts: ModelPart[];
};

/** What the run's training left. Throws where it did not finish. */
export const modelDocument = async ({ objects }: NightPorts, runId: string): Promise<ModelDocument> => {
  const document = await objects.getJson(keys.model(runId));
  if (!document) throw new Error(`The run ${runId} has no trained model`);
  return document as ModelDocument;
};
