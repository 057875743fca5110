import { rounded } from '../profile/view/curves.ts';
import { confidenceOf } from './confidence.ts';
import type { GenerationKnown, Option } from './option.ts';
import { reasonOfValue } from './reasons.ts';
import { countsIn, type Evidence, estimateOf, userStrength } from './shrinkage.ts';
import { cellsOf, defaultOf, valueKey } from './space.ts';
import { statedEvidence } from './stated-evidence.ts';
import type {
  ChosenParameter,
  GenerationPlace,
  GenerationSpace,
  OutcomeTally,
  ParameterDefinition,
  ParameterSource,
  PopulationOutcomes,
} from './types.ts';

const DIGITS = 3;
const NOT_TRIED: OutcomeTally = [0, 0, 0];

/** From the least to the most personal. */
const LEVELS = ['default', 'everybody', 'segment', 'stated', 'user'] as const satisfies ParameterSource[];

type Asking = {
  readonly known: GenerationKnown;
  readonly population: PopulationOutcomes;
  readonly place: GenerationPlace;
};

const optionsOf = (parameter: ParameterDefinition, { known, population, place }: Asking): Option[] => {
  const cells = cellsOf(parameter, place);
  const strength = userStrength(population.everybody, cells.own);
  const usual = defaultOf(parameter, place).value;
  const said = statedEvidence(parameter, known);
  const { segments } = population;
  const segment =
    known.segment !== undefined && Object.hasOwn(segments, known.segment)
      ? segments[known.segment]
      : undefined;
  const own = Object.hasOwn(known.tallies, cells.own) ? known.tallies[cells.own]! : {};
  return parameter.options.map((value) => {
    const key = valueKey(value);
    const stated = said.get(key);
    const evidence: Evidence = {
      own: Object.hasOwn(own, key) ? own[key]! : NOT_TRIED,
      stated: stated ?? { n: 0, sum: 0 },
      segment: countsIn(segment, cells.others, key),
      everybody: countsIn(population.everybody, cells.others, key),
      isDefault: value === usual,
    };
    return { value, evidence, stated, estimate: estimateOf(evidence, strength) };
  });
};

/** Best first at a level of knowledge; of equals the default, then the order of the options. */
const ranked = (options: readonly Option[], level: ParameterSource): Option[] =>
  options.toSorted(
    (a, b) =>
      b.estimate[level] - a.estimate[level] || Number(b.evidence.isDefault) - Number(a.evidence.isDefault),
  );

/** The level of knowledge by which a value came to be first for good. */
const turningPoint = (best: Option, options: readonly Option[]): ParameterSource => {
  let since: ParameterSource = 'user';
  for (const level of LEVELS.toReversed()) {
    if (ranked(options, level)[0] !== best) break;
    since = level;
  }
  return since;
};

/** Where the greatest part of what is known of a value comes from; by what it came to be first, where nothing is known of it itself. */
const sourceOf = (best: Option, options: readonly Option[]): ParameterSource => {
  const { weights } = best.estimate;
  const may = best.evidence.isDefault ? LEVELS : LEVELS.filter((level) => level !== 'default');
  const carrying = may.toSorted((a, b) => weights[b] - weights[a])[0]!;
  return weights[carrying] > 0 ? carrying : turningPoint(best, options);
};

const chosen = (parameter: ParameterDefinition, asking: Asking): ChosenParameter => {
  const options = ranked(optionsOf(parameter, asking), 'user');
  const [best, second] = options as [Option, Option | undefined];
  const from = sourceOf(best, options);
  const knownOf = ({ estimate: { user, effective } }: Option) => ({ expected: user, effective });
  return {
    name: parameter.name,
    value: best.value,
    expected: rounded(Math.min(1, Math.max(0, best.estimate.user)), DIGITS),
    confidence: rounded(confidenceOf(knownOf(best), second && knownOf(second)), DIGITS),
    from,
    reason: reasonOfValue({ parameter, best, from, options, ...asking }),
  };
};

/** Per parameter the value with the greatest expected reward, for this user (or for nobody in particular) and this place. */
export const chooseParameters = ({ parameters }: GenerationSpace, asking: Asking): ChosenParameter[] =>
  parameters.map((parameter) => chosen(parameter, asking));

/** How sure the whole is: the mean over the parameters. */
export const overallConfidence = (parameters: readonly ChosenParameter[]): number =>
  parameters.length === 0
    ? 0
    : rounded(parameters.reduce((sum, { confidence }) => sum + confidence, 0) / parameters.length, DIGITS);
