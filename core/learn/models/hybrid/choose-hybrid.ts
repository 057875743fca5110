import type { Dataset } from '../../data/dataset.ts';
import { sampleCases } from '../../evaluate/validation.ts';
import { easeFits } from '../ease/ease-weights.ts';
import { activeItems } from '../ease/gram.ts';
import type { Choice, Judge, Scorer, TrainingContext } from '../model.ts';
import { nextItemBytes } from '../next-item-regression.ts';
import { caseTable } from './case-table.ts';
import { type ChoiceOptions, choosePart } from './choose-part.ts';
import { HYBRID_DEFAULTS, type HybridParams, type PartName } from './hybrid-params.ts';
import { learnMaturityWeights } from './maturity-weights.ts';
import { mixedScorer } from './mix.ts';
import { PART_NAMES } from './parts.ts';

/** Matrices of items by items cost the cube of their size: about a minute for so many items. */
const MOST_EASE_ITEMS = 16_000;
const MOST_NEXT_ITEMS = 6000;
const TABLE_CASES = 20_000;
const TABLE_DEPTH = 50;

/**
 * Chooses the parameters of each part by itself on a sample of the cases, then all weights jointly on up to 20,000 of them, by what
 * each part says about the items that any of them puts on top.
 */
export function chooseHybrid(train: Dataset, judge: Judge, options: ChoiceOptions): Choice<HybridParams> {
  const { context, fixed } = options;
  const mark = context.kernels.mark();
  const names = partsFor(train, context);
  const params: HybridParams = { ...HYBRID_DEFAULTS, ...fixed };
  const parts = new Map<PartName, Scorer>();
  for (const name of names) {
    context.onProgress?.(`hybrid, choosing ${name}`, 0, 1);
    parts.set(name, choosePart(name, { train, params, options }));
  }
  if (fixed.weights === undefined) {
    const table = caseTable([...parts.values()], sampleCases(options.cases, TABLE_CASES), {
      items: train.items.length,
      depth: TABLE_DEPTH,
    });
    params.weights = learnMaturityWeights(table, names);
  }
  const rows = params.weights.map(({ leastItems, weights }) => ({
    leastItems,
    weights: names.map((name) => weights[name] ?? 0),
  }));
  const quality = judge(mixedScorer([...parts.values()], rows, train.items.length));
  context.kernels.release(mark);
  return { params, tried: [{ params, quality }] };
}

function partsFor(train: Dataset, context: TrainingContext): PartName[] {
  const active = activeItems(train).size;
  const hasEase = active <= MOST_EASE_ITEMS && easeFits(train, context);
  const hasNextItem = active <= MOST_NEXT_ITEMS && nextItemBytes(active) <= context.kernels.bytesLeft / 2;
  return PART_NAMES.filter((name) => {
    if (name === 'nextItem') return hasNextItem;
    if (name === 'ease') return hasEase;
    if (name === 'itemKnn') return !hasEase;
    return name !== 'content' || context.catalog.length > 0;
  });
}
