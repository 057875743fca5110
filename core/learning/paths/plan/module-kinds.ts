import { type LearningStyle, styleOfContentType } from '../../learner/learning-style.ts';
import type { Module } from '../../types.ts';

/** What a module asks of the learner: to take something in, to do something, to show what they know. */
export type Stage = 'instruction' | 'practice' | 'assessment';

const ASSESSMENTS: ReadonlySet<string> = new Set(['quiz', 'test', 'exam', 'assessment', 'certification']);

/** `Video lessons` -> `video lessons`, `video`, `lessons`, `lesson`: a type may be several words, and in the plural. */
const namesIn = (type: string): string[] => {
  const words = type.toLowerCase().split(/[^a-z]+/);
  return [type, ...words.flatMap((word) => [word, word.replace(/z?(?:e?s)$/, ''), word.replace(/s$/, '')])];
};

/** The style that a module suits by its type; undefined for a type that suits nobody in particular. */
export const styleOf = ({ type }: Pick<Module, 'type'>): LearningStyle | undefined =>
  namesIn(type)
    .map(styleOfContentType)
    .find((style) => style !== undefined);

/** Practice is what suits who learns by doing; `instruction` is every type that is neither that nor an assessment. */
export const stageOf = (module: Pick<Module, 'type'>): Stage => {
  if (namesIn(module.type).some((name) => ASSESSMENTS.has(name))) return 'assessment';
  return styleOf(module) === 'kinesthetic' ? 'practice' : 'instruction';
};
