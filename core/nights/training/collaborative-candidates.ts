import type { Dataset } from '../../learn/data/dataset.ts';
import { type CollaborativeCandidate, itemKnnCandidate } from '../../learn/hybrid/collaborative-candidate.ts';
import { DEFAULT_PARAMS } from '../../learn/hybrid/training-params.ts';
import { scaleToOne } from '../../learn/lists/neighbour-lists.ts';
import { alsItemLists } from '../../learn/models/als/als-lists.ts';
import { ALS_DEFAULTS, type AlsParams } from '../../learn/models/als/als-params.ts';
import { type AlsFactors, alsFactors } from '../../learn/models/als/factors.ts';
import { easeItemLists } from '../../learn/models/ease/ease-lists.ts';
import { EASE_DEFAULTS } from '../../learn/models/ease/ease-params.ts';
import { easeBytes, easeWeights } from '../../learn/models/ease/ease-weights.ts';
import type { Kernels } from '../../numbers/kernels.ts';

/** The item by item matrix of EASE is inverted twice, which takes time with the third power of its size. */
const MOST_EASE_ITEMS = 8_000;
/** Every pair of items is compared twice. */
const MOST_ALS_ITEMS = 60_000;
/** With fewer interactions factors say no more than counting pairs. */
const LEAST_INTERACTIONS = 5_000;
const SEED = 1;

type Training = {
  /** Called where a candidate needs them. */
  kernels: () => Kernels;
  memoryBytes: number;
  /** Told of every factorisation, the last one of which is that of all rows. */
  onFactors?: (dataset: Dataset, factors: AlsFactors) => void;
};

const easeCandidate = ({ kernels: open, memoryBytes }: Training): CollaborativeCandidate => {
  const { regularization, dropout, userExponent } = EASE_DEFAULTS;
  const params = { regularization, dropout, userExponent };
  return {
    name: 'ease',
    parameters: { ...params, neighbours: DEFAULT_PARAMS.collaborativeNeighbours },
    lists: (dataset, { servable }) => {
      const kernels = open();
      const mark = kernels.mark();
      const weights = easeWeights(dataset, params, { kernels, memoryBytes });
      const lists = easeItemLists(weights, DEFAULT_PARAMS.collaborativeNeighbours, servable);
      kernels.release(mark);
      scaleToOne(lists);
      return lists;
    },
  };
};

const alsCandidate = ({ kernels: open, onFactors }: Training): CollaborativeCandidate => {
  const params: AlsParams = ALS_DEFAULTS;
  const keep = DEFAULT_PARAMS.collaborativeNeighbours;
  return {
    name: 'als',
    parameters: { ...params, neighbours: keep },
    lists: (dataset, { servable, tick }) => {
      const kernels = open();
      const mark = kernels.mark();
      const factors = alsFactors(dataset, params, { kernels, seed: SEED });
      onFactors?.(dataset, factors);
      const lists = alsItemLists(factors, { kernels, keep, servable, tick });
      kernels.release(mark);
      return lists;
    },
  };
};

/** The kinds of collaborative lists that fit this data set, its memory and its time, the cheapest first. */
export const candidatesFor = (dataset: Dataset, training: Training): CollaborativeCandidate[] => {
  const items = dataset.items.length;
  const candidates = [itemKnnCandidate(DEFAULT_PARAMS)];
  if (dataset.size < LEAST_INTERACTIONS) return candidates;
  const fitsEase = items <= MOST_EASE_ITEMS && 1.2 * easeBytes(items) <= training.memoryBytes;
  if (fitsEase) candidates.push(easeCandidate(training));
  const factorBytes = (dataset.users.length + items) * ALS_DEFAULTS.dimensions * 4 + dataset.size * 8;
  if (items <= MOST_ALS_ITEMS && 1.5 * factorBytes <= training.memoryBytes)
    candidates.push(alsCandidate(training));
  return candidates;
};
