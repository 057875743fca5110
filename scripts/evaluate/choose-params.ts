import {
  cutValidation,
  type JudgeMetric,
  makeJudge,
  type ValidationPlan,
} from '../../core/learn/evaluate/validation.ts';
import type { TrainingContext } from '../../core/learn/models/model.ts';
import { askedCases, secondsSince } from './figures.ts';
import type { NamedModel } from './model-params.ts';
import type { EvaluateOptions } from './options.ts';
import type { Prepared } from './prepare.ts';

/** How the parameters were chosen: the best quality on the validation split, by which metric, of how many tried. */
export type Chosen = { metric: string; quality: number; cases: number; tried: number; seconds: number };

export type ChooseOptions = {
  model: NamedModel;
  options: Pick<EvaluateOptions, 'params' | 'tune' | 'cutOffs'>;
  prepared: Pick<Prepared, 'experiment' | 'plan'>;
  context: TrainingContext;
  buffer: Float32Array;
};

export type ChosenParams = { params: Record<string, unknown>; chosen?: Chosen };

/** Parameters that are given stay; the rest is chosen on the validation split, where the model can choose. */
export function chooseParams({ model, options, prepared, context, buffer }: ChooseOptions): ChosenParams {
  const given = options.params;
  const isOpen = Object.entries(model.parameters).some(
    ([name, { chosen }]) => chosen !== false && given[name] === undefined,
  );
  if (!options.tune || !isOpen || model.choose === undefined)
    return { params: { ...model.defaults, ...given } };
  const started = performance.now();
  const mark = context.kernels.mark();
  const validation = cutValidation(prepared.experiment, prepared.plan);
  const asked = askedCases(validation.cases);
  if (asked === 0) return { params: { ...model.defaults, ...given } };
  const { metric, cutOff } = judgedBy(prepared.plan, options.cutOffs);
  const judge = makeJudge(validation.cases, {
    items: prepared.experiment.train.items.length,
    cutOff,
    metric,
    buffer,
  });
  const { params, tried } = model.choose(validation.train, judge, {
    context: { ...context, sequences: validation.sequences },
    fixed: given,
    cases: validation.cases,
  });
  context.kernels.release(mark);
  const quality = tried.reduce((best, trial) => Math.max(best, trial.quality), 0);
  return {
    params: { ...params, ...given },
    chosen: {
      metric: `${metric}@${cutOff}`,
      quality,
      cases: asked,
      tried: tried.length,
      seconds: secondsSince(started),
    },
  };
}

const USUAL = { one: 10, several: 20 };

function judgedBy(plan: ValidationPlan, cutOffs: readonly number[]): { metric: JudgeMetric; cutOff: number } {
  const several = plan.kind === 'sessions' || plan.kind === 'time' || plan.share > 0;
  const usual = several ? USUAL.several : USUAL.one;
  const nearest = cutOffs.reduce((best, cutOff) =>
    Math.abs(cutOff - usual) < Math.abs(best - usual) ? cutOff : best,
  );
  return { metric: plan.kind === 'sessions' ? 'hr-mrr' : 'ndcg', cutOff: nearest };
}
