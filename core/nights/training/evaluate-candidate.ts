import type { TimeSplit } from '../../learn/data/time-split.ts';
import {
  listRanker,
  type Measured,
  measure,
  popularRanker,
  sourceRanker,
} from '../../learn/hybrid/measure.ts';
import type { Validated } from '../../learn/hybrid/validate.ts';
import type { NeighbourSource } from '../../learn/types.ts';
import { type Comparison, LEAST_COMPARED } from '../../models/decide-promotion.ts';
import type { AuditRow, EvaluationCard, Metrics, ModelPart } from '../../models/model-card.ts';
import type { ModelInService } from '../../recommend/ports.ts';
import type { NightPorts } from '../ports.ts';
import { type ServedLists, servedLists } from './served-lists.ts';

const SOURCES: readonly NeighbourSource[] = ['collaborative', 'sequential', 'content'];

/** What the evaluation says: for the decision, for the card, and of each model. */
export type Evaluated = { comparison: Comparison; card: EvaluationCard; parts: EvaluatedPart[] };
export type EvaluatedPart = Pick<ModelPart, 'name' | 'metrics' | 'baseline' | 'inService'>;

const rounded = (metrics: Readonly<Record<string, number>>): Metrics =>
  Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, Number(value.toPrecision(4))]));

const decilesOf = ({ audit }: Measured): AuditRow[] =>
  audit.exposureByDecile.map((exposure, at) => ({
    group: `${at + 1}`,
    metrics: rounded({ exposure, interactions: audit.interactionsByDecile[at]! }),
  }));

const groupsOf = ({ audit }: Measured): AuditRow[] =>
  Object.entries(audit.groups ?? {}).map(
    ([group, { users, quality, novelty, popularityBias, exposureByDecile }]) => ({
      group,
      metrics: rounded({
        users,
        'ndcg@10': quality,
        novelty,
        popularityBias,
        exposureOfTopDecile: exposureByDecile[0]!,
      }),
    }),
  );

/** Why the model in service is not compared, or the positions of the users whose choices it had not seen. */
const comparable = (
  split: TimeSplit,
  places: readonly number[],
  served: ServedLists | undefined,
  model: ModelInService | undefined,
): { places: number[]; note: string } => {
  if (!model) return { places: [], note: 'no model is in service yet' };
  if (!served)
    return {
      places: [],
      note: `the lists of version ${model.version} in service are no longer stored: it is not compared`,
    };
  const until = Number(model.notes?.knowsUntil ?? model.trainedAt);
  const fresh = places.filter((place) => split.firstAt[place]! > until);
  const few = `version ${model.version} in service had seen the choices of all but ${fresh.length} held-out users: it is not compared`;
  return fresh.length < LEAST_COMPARED ? { places: [], note: few } : { places: fresh, note: '' };
};

type Question = {
  split: TimeSplit;
  validated: Validated;
  inService: ModelInService | undefined;
  groupOf: (user: string) => string | undefined;
};

/**
 * Measures what was just trained on the held-out users that chose none of its settings: the mix and each source alone, beside
 * popularity and, where it had not seen their choices, beside the model in service as it was published.
 */
export const evaluateCandidate = async (
  ports: NightPorts,
  { split, validated, inService, groupOf }: Question,
): Promise<Evaluated> => {
  const { context, weights, popular, measured: places } = validated;
  const served = inService && (await servedLists(ports, inService, split.train));
  const own = measure(split, listRanker(context, weights), { places, groupOf });
  const base = measure(split, popularRanker(popular, split.train.itemIndex), { places });
  const baseline = { name: 'popularity', metrics: rounded(base.metrics) };
  const { places: fresh, note } = comparable(split, places, served, inService);
  const theirs =
    served && fresh.length > 0
      ? measure(split, listRanker(served.context, served.model.weights), { places: fresh })
      : undefined;
  const sources = SOURCES.map((name): EvaluatedPart => {
    const { metrics } = measure(split, sourceRanker(context, name, weights), { places });
    return { name, metrics: rounded(metrics), baseline };
  });
  const isFresh = new Set(fresh);
  return {
    comparison: {
      candidate: own.ndcg,
      popularity: base.ndcg,
      inServiceNote: note,
      ...(theirs && {
        inService: {
          version: inService!.version,
          ndcg: theirs.ndcg,
          own: own.ndcg.filter((_, at) => isFresh.has(places[at]!)),
        },
      }),
    },
    card: {
      method: `time split: trained on what was before the moment, asked for what ${places.length} users chose after it${note && `; ${note}`}`,
      splitAt: split.at,
      users: places.length,
      popularityDeciles: decilesOf(own),
      groups: groupsOf(own),
    },
    parts: [
      {
        name: 'hybrid',
        metrics: rounded(own.metrics),
        baseline,
        ...(theirs && { inService: { version: inService!.version, metrics: rounded(theirs.metrics) } }),
      },
      ...sources,
    ],
  };
};
