import { alsModel } from './als/als.ts';
import { contentModel } from './content.ts';
import { easeModel } from './ease/ease.ts';
import { graphFilterModel } from './graph-filter/graph-filter.ts';
import { hybridModel } from './hybrid/hybrid.ts';
import { itemKnnModel } from './item-knn.ts';
import type { Model } from './model.ts';
import { popularModel } from './popular.ts';
import { sequentialModel } from './sequential.ts';
import { sessionKnnModel } from './session-knn/session-knn.ts';

/** Every model, by whose name `--model` and the nights call it. */
export const allModels: readonly Model<object>[] = [
  popularModel,
  itemKnnModel,
  easeModel,
  alsModel,
  graphFilterModel,
  contentModel,
  sequentialModel,
  sessionKnnModel,
  hybridModel,
];
