import type { CollaborativeCandidate } from '../../learn/hybrid/collaborative-candidate.ts';
import type { Validated } from '../../learn/hybrid/validate.ts';
import type { NeighbourSource, RankedItem, TrainedModel } from '../../learn/types.ts';
import type { Promotion } from '../../models/decide-promotion.ts';
import type { Engine, ModelPart, TrainingDataCard } from '../../models/model-card.ts';
import { slotOf } from '../../models/versions.ts';
import type { sizeOf } from '../steps/size.ts';
import type { Evaluated } from './evaluate-candidate.ts';
import type { ModelDocument } from './model-document.ts';
import type { SparkTraining } from './spark-lists.ts';
import type { TrainingData } from './training-data.ts';

/** What one training came to. */
export type Outcome = {
  trained: TrainedModel;
  candidate: CollaborativeCandidate;
  validated: Validated | undefined;
  evaluated: Evaluated | undefined;
  decision: Promotion;
  spark: SparkTraining | undefined;
};

type Counted = ReturnType<typeof sizeOf>;

export type RunFacts = {
  runId: string;
  version: number;
  engine: Engine;
  counted: Counted;
  data: TrainingData;
  seconds: number;
};

const dataCard = (
  counted: Counted,
  { unreadable, userShare, rows }: TrainingData,
  counts: TrainedModel['counts'],
): TrainingDataCard => ({
  ...counts,
  firstAt: counted.firstAt,
  lastAt: counted.lastAt,
  leftOut: {
    ...counted.leftOut,
    ...(userShare < 1 && { 'not sampled': Math.round(counted.users * (1 - userShare)) }),
  },
  skipped: { ...counted.skipped, unreadable, repeated: rows - counts.interactions },
});

const rankingsOf = (trained: TrainedModel, engagement: RankedItem[]): Record<string, RankedItem[]> => ({
  popular: trained.popular,
  engagement,
  ...Object.fromEntries(
    Object.entries(trained.segmentFavourites).map(([segment, items]) => [`segment:${segment}`, items]),
  ),
});

const parametersOf = (
  { trained, candidate, validated, spark }: Outcome,
  seconds: number,
): Record<'hybrid' | NeighbourSource, Record<string, unknown>> => {
  const { params, hybridWeights, weightsFrom } = trained;
  return {
    hybrid: { ...hybridWeights, weightsFrom, seconds },
    collaborative: {
      kind: candidate.name,
      ...candidate.parameters,
      tried: validated?.tried ?? [],
      ...(spark && { spark: spark.report }),
    },
    sequential: {
      neighbours: params.sequentialNeighbours,
      window: params.window,
      stepDecay: params.stepDecay,
      reverseShare: params.reverseShare,
      shrinkage: params.transitionShrinkage,
      popularityExponent: params.transitionPopularityExponent,
    },
    content: { neighbours: params.contentNeighbours },
  };
};

const partsOf = (outcome: Outcome, seconds: number): ModelPart[] => {
  const { decision, evaluated } = outcome;
  return Object.entries(parametersOf(outcome, seconds)).map(([name, parameters]) => ({
    name,
    trained: true,
    promoted: decision.promote,
    reason: name === 'hybrid' ? decision.reason : 'part of the hybrid: promoted with it or not at all',
    parameters,
    ...evaluated?.parts.find((part) => part.name === name),
  }));
};

/** The document of a training that there was nothing to do for. */
export const untrainedDocument = (engine: Engine, counted: Counted, data: TrainingData): ModelDocument => ({
  decision: { promote: false, reason: 'nothing to train on: the export holds no interactions' },
  engine,
  data: dataCard(counted, data, { users: 0, items: 0, interactions: 0 }),
  parts: [],
});

/** Everything that the steps after the training need to know of it. */
export const documentOf = (outcome: Outcome, facts: RunFacts): ModelDocument => {
  const { trained, candidate, evaluated, decision } = outcome;
  const { runId, version, engine, counted, data, seconds } = facts;
  return {
    decision,
    engine,
    data: dataCard(counted, data, trained.counts),
    evaluation: evaluated?.card,
    parts: partsOf(outcome, seconds),
    trained: {
      model: {
        version,
        slot: slotOf(version),
        weights: trained.hybridWeights,
        trainedAt: trained.trainedAt,
        counts: trained.counts,
        notes: {
          runId,
          knowsUntil: data.lastAt,
          weightsFrom: trained.weightsFrom,
          collaborativeFrom: candidate.name,
          params: trained.params,
          evaluation: evaluated?.parts[0]?.metrics ?? null,
        },
      },
      rankings: rankingsOf(trained, data.engagement),
    },
  };
};
