import type {
  GenerationPlace,
  GenerationSpace,
  ParameterDefinition,
  Parameters,
  ParameterValue,
} from './types.ts';

/** A value as tallies name it: its JSON, so that `"30"` and `30` differ. */
export const valueKey = (value: ParameterValue): string => JSON.stringify(value);

const unified = (text: string): string => text.trim().toLowerCase();

/** The name of a purpose or device as the definition writes it, whatever its case; empty where it knows none such. */
const known = (name: string | undefined, among: Readonly<Record<string, unknown>> = {}): string => {
  if (name === undefined) return '';
  const said = unified(name);
  return Object.keys(among).find((one) => unified(one) === said) ?? '';
};

/** Where outcomes with a parameter are tallied. */
export type Cells = {
  /** The user's own: everywhere the same for a matter of taste, that of the place where the place decides. */
  readonly own: string;
  /** Others': that of the place wherever the domain's defaults know places, since others generate for other places. */
  readonly others: string;
};

/**
 * The cells of a parameter: its name, and where places count, purpose and device behind it, as far as the definition knows them (all
 * others count together, so that the number of cells is bounded).
 */
export const cellsOf = (
  { name, perPlace, byPurpose, byDevice }: ParameterDefinition,
  { purpose, device }: GenerationPlace,
): Cells => {
  const inPlace = `${name}|${known(purpose, byPurpose)}|${known(device, byDevice)}`;
  return { own: perPlace ? inPlace : name, others: perPlace || byPurpose || byDevice ? inPlace : name };
};

/** What is right where nothing is known of anybody, and what it goes by. */
export const defaultOf = (
  { default: usual, byPurpose, byDevice }: ParameterDefinition,
  { purpose, device }: GenerationPlace,
): { readonly value: ParameterValue; readonly by: 'purpose' | 'device' | 'nothing' } => {
  const [forPurpose, onDevice] = [known(purpose, byPurpose), known(device, byDevice)];
  if (forPurpose !== '') return { value: byPurpose![forPurpose]!, by: 'purpose' };
  if (onDevice !== '') return { value: byDevice![onDevice]!, by: 'device' };
  return { value: usual, by: 'nothing' };
};

/** Parameters of the space, and the names of those that it does not know or that have a value outside of it. */
export const within = (
  { parameters }: GenerationSpace,
  given: Parameters,
): { readonly inside: Parameters; readonly outside: readonly string[] } => {
  const isInside = ([name, value]: [string, ParameterValue]): boolean =>
    parameters.find((one) => one.name === name)?.options.includes(value) ?? false;
  const entries = Object.entries(given);
  return {
    inside: Object.fromEntries(entries.filter(isInside)),
    outside: entries.filter((entry) => !isInside(entry)).map(([name]) => name),
  };
};

/** The option that a preference means: the same word whatever its case, and of numbers the nearest by ratio. */
export const optionMeant = (
  { options }: ParameterDefinition,
  preferred: unknown,
): ParameterValue | undefined => {
  if (typeof preferred === 'string')
    return options.find((option) => typeof option === 'string' && unified(option) === unified(preferred));
  if (typeof preferred === 'boolean') return options.find((option) => option === preferred);
  if (typeof preferred !== 'number' || !(preferred > 0)) return undefined;
  const distance = (option: number): number => Math.abs(Math.log(option / preferred));
  return options
    .filter((option) => typeof option === 'number' && option > 0)
    .toSorted((a, b) => distance(a as number) - distance(b as number))[0];
};
