import { type DomainFault, doubled, type EntryFault, faultsOfEach } from '../domains/fault.ts';
import type { Domain } from '../domains/types.ts';
import type { HeroDefinition } from './types.ts';

/** A hero for everybody has no answer to name. */
const heroFaults = ({ when, title, subtitle, ctaText }: HeroDefinition): EntryFault[] =>
  when
    ? []
    : Object.entries({ title, subtitle, ctaText })
        .filter(([, text]) => text.includes('{answer}'))
        .map(([path]) => ({ path, message: 'names {answer}, and a hero without `when` answers nobody' }));

/** What is wrong with a product's homepage beyond its shape: heroes twice, none for everybody, sections of unknown content types. */
export const homepageFaults = ({ homepage, contentTypes }: Domain): DomainFault[] => {
  if (!homepage) return [];
  const types = new Set(contentTypes.map(({ type }) => type));
  const { heroes, sections } = homepage;
  const unknown = Object.entries(sections).flatMap(([section, named]) =>
    named.flatMap((type, at) =>
      types.has(type)
        ? []
        : [{ path: `sections.${section}.${at}`, message: `"${type}" is no content type of this domain` }],
    ),
  );
  return [
    ...doubled('homepage', heroes, 'id', 'heroes.'),
    ...faultsOfEach('homepage', heroes, heroFaults, 'heroes.'),
    ...(heroes.some(({ when }) => !when)
      ? []
      : [
          {
            file: 'homepage' as const,
            path: 'heroes',
            message: 'must have one without `when`, for everybody',
          },
        ]),
    ...unknown.map((fault) => ({ file: 'homepage' as const, ...fault })),
  ];
};
