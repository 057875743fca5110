import type { PreferenceModel } from '../types.ts';

/** The probability of engagement; `features` in the order of `model.features`, one that is not finite counts as its mean. */
export const preferenceFrom = (model: PreferenceModel, features: ArrayLike<number>): number => {
  const { means, scales } = model.standardization;
  const inputs = means.length;
  let logOdds = model.outputBias;
  for (let k = 0; k < model.hidden; k++) {
    let sum = model.inputBiases[k]!;
    for (let j = 0; j < inputs; j++) {
      const x = features[j]!;
      if (Number.isFinite(x)) sum += (model.inputWeights[k * inputs + j]! * (x - means[j]!)) / scales[j]!;
    }
    logOdds += model.outputWeights[k]! * Math.tanh(sum);
  }
  return 1 / (1 + Math.exp(-logOdds));
};
