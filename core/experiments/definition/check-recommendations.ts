import type { FieldError } from '../../errors.ts';
import { type ArmOptions, armOptionsOf } from '../../recommend/serve/arm-options.ts';
import type { ExperimentBody } from '../types.ts';
import { targetsOf } from './targets.ts';

type Arm = { readonly at: number; readonly options: ArmOptions };

const pathOf = ({ at }: Arm, field: string): string => `variants.${at}.payload.recommendations.${field}`;

const mixFaults = (arms: readonly Arm[]): FieldError[] =>
  arms
    .filter(({ options: { strategy = 'hybrid', weights } }) => weights && strategy !== 'hybrid')
    .map((arm) => ({
      path: pathOf(arm, 'weights'),
      message: `must not stand beside the strategy "${arm.options.strategy}": they mix the parts of the hybrid`,
    }));

const inOrder = (contexts: readonly string[]): string => JSON.stringify([...new Set(contexts)].sort());

const contextFaults = (arms: readonly Arm[]): FieldError[] => {
  const [first, ...others] = arms.filter(({ options }) => options.contexts !== undefined);
  const said = inOrder(first?.options.contexts ?? []);
  return others
    .filter(({ options }) => inOrder(options.contexts ?? []) !== said)
    .map((arm) => ({
      path: pathOf(arm, 'contexts'),
      message: `must be those of ${pathOf(first as Arm, 'contexts')}: users are compared who were asked the same`,
    }));
};

const attributionFaults = (body: ExperimentBody): FieldError[] =>
  targetsOf(body).has('recommendations') || targetsOf(body).has('homepage')
    ? []
    : body.metrics.flatMap(({ attribution }, at) =>
        attribution === 'recommendation'
          ? [
              {
                path: `metrics.${at}.attribution`,
                message:
                  'needs an arm with payload.recommendations or payload.homepage: no recommendation is made under these arms',
              },
            ]
          : [],
      );

/**
 * What is wrong with arms that rank recommendations: weights beside another strategy than the hybrid, arms that act in different
 * contexts, and metrics of recommendations where no arm makes any.
 */
export const recommendationFaults = (body: ExperimentBody): FieldError[] => {
  const arms = body.variants.flatMap((variant, at) => {
    const options = armOptionsOf(variant);
    return options ? [{ at, options }] : [];
  });
  return [...mixFaults(arms), ...contextFaults(arms), ...attributionFaults(body)];
};
