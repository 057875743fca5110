import { FORMATS, GENRES, MATERIALS } from '../../questionnaire/vocabulary.ts';
import { type CompiledVocabulary, compiled } from '../../questionnaire/words.ts';
import type { MatchingDefinition } from './types.ts';

export type Vocabularies = {
  readonly formats: CompiledVocabulary;
  readonly genres: CompiledVocabulary;
  readonly materials: CompiledVocabulary;
};

const kept = new WeakMap<MatchingDefinition, Vocabularies>();

/** The engine's words and those of the product, made once for each definition. */
export const vocabulariesOf = (definition: MatchingDefinition): Vocabularies => {
  const known = kept.get(definition);
  if (known) return known;
  const { formats = {}, genres = {}, materials = {} } = definition;
  const made = {
    formats: compiled(FORMATS, formats),
    genres: compiled(GENRES, genres),
    materials: compiled(MATERIALS, materials),
  };
  kept.set(definition, made);
  return made;
};
