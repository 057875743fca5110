import type { ChosenParameter, GenerationPlace, ParameterSource, ParameterValue } from './types.ts';

/** A parameter as a trace keeps it, expected reward and confidence in percent. */
type TracedParameter = readonly [
  name: string,
  value: ParameterValue,
  from: ParameterSource,
  expected: number,
  confidence: number,
  reason?: string,
];

/** What is kept of a decision on parameters. */
export type GenerationTrace = {
  readonly kind: 'generation';
  readonly context: string;
  readonly source: 'computed';
  readonly domain: string;
  readonly generationId: string;
  readonly purpose?: string;
  readonly device?: string;
  readonly parameters: readonly TracedParameter[];
};

export const isGenerationTrace = (body: unknown): body is GenerationTrace =>
  (body as Partial<GenerationTrace> | null)?.kind === 'generation';

const percent = (share: number): number => Math.round(share * 100);

const LONGEST_PLACE = 60;

const cut = (text: string): string => [...text].slice(0, LONGEST_PLACE).join('');

/** The trace of a decision. */
export const generationTraceOf = (made: {
  readonly domain: string;
  readonly generationId: string;
  readonly place: GenerationPlace;
  readonly parameters: readonly ChosenParameter[];
}): GenerationTrace => {
  const { domain, generationId, place, parameters } = made;
  return {
    kind: 'generation',
    context: 'generation',
    source: 'computed',
    domain,
    generationId,
    ...(place.purpose !== undefined && { purpose: cut(place.purpose) }),
    ...(place.device !== undefined && { device: cut(place.device) }),
    parameters: parameters.map(({ name, value, from, expected, confidence, reason }) => [
      name,
      value,
      from,
      percent(expected),
      percent(confidence),
      reason,
    ]),
  };
};

/** The trace with a little less in it: the longest sentence goes first, then the last parameters; undefined at the end. */
export const shorterGenerationTrace = (trace: GenerationTrace): GenerationTrace | undefined => {
  const { parameters } = trace;
  const lengths = parameters.map(([, , , , , reason = '']) => reason.length);
  const longest = Math.max(0, ...lengths);
  if (longest > 0) {
    const at = lengths.indexOf(longest);
    const short = parameters.map((row, index) => (index === at ? (row.slice(0, 5) as never) : row));
    return { ...trace, parameters: short };
  }
  return parameters.length > 0 ? { ...trace, parameters: parameters.slice(0, -1) } : undefined;
};
