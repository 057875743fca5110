import type { ParameterDefinition } from '../generation/types.ts';
import { type DomainFault, doubled, faultsOfEach } from './fault.ts';
import type { Domain } from './types.ts';

type Named = readonly [path: string, value: unknown];

const byWord = (field: string, values: Readonly<Record<string, unknown>> = {}): Named[] =>
  Object.entries(values).map(([word, value]) => [`${field}.${word}`, value]);

const parameterFaults = (parameter: ParameterDefinition): { path: string; message: string }[] => {
  const { options, byPurpose, byDevice } = parameter;
  const named: Named[] = [
    ['default', parameter.default],
    ...byWord('byPurpose', byPurpose),
    ...byWord('byDevice', byDevice),
  ];
  const twice = options.flatMap((option, at) =>
    options.indexOf(option) < at
      ? [{ path: `options.${at}`, message: `${JSON.stringify(option)} is there twice` }]
      : [],
  );
  const strange = named.filter(([, value]) => !options.includes(value as never));
  return [
    ...twice,
    ...strange.map(([path, value]) => ({ path, message: `${JSON.stringify(value)} is none of the options` })),
  ];
};

/** What is wrong with the parameters of a product's generator. */
export const generationFaults = ({ generation }: Pick<Domain, 'generation'>): DomainFault[] => {
  if (!generation) return [];
  const { parameters } = generation;
  return [
    ...doubled('generation', parameters, 'name', 'parameters.'),
    ...faultsOfEach('generation', parameters, parameterFaults, 'parameters.'),
  ];
};
