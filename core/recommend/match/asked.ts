import type { QuestionnaireData } from '../../profile/stored-profile.ts';
import { budgetOf } from '../../questionnaire/budget.ts';
import { type Days, daysIn } from '../../questionnaire/duration.ts';
import { involvementOf } from '../../questionnaire/involvement.ts';
import { hasAnswers } from '../../questionnaire/questions.ts';
import { namesIn, phraseText } from '../../questionnaire/words.ts';
import type { MatchingDefinition } from './types.ts';
import { vocabulariesOf } from './vocabularies.ts';

export type Money = { readonly min: number; readonly max: number };

/** What the answers ask for, ready to be compared; a part is absent where the answers do not say it. */
export type Asked = {
  readonly definition: MatchingDefinition;
  /** Known formats; `formatText` is the answer itself, for formats that only the product knows. */
  readonly formats: readonly string[];
  readonly formatText: string;
  readonly genres: readonly string[];
  /** In the base currency. */
  readonly budget?: Money;
  readonly timeline?: Days;
  readonly materials: readonly string[];
  /** 0-1 */
  readonly involvement?: number;
};

/** An amount in the base currency; undefined where its own is not known. */
export const inBase = (
  { min, max, currency }: Money & { readonly currency?: string },
  { currency: { base, rates } }: MatchingDefinition,
): Money | undefined => {
  const rate = currency === undefined || currency === base ? 1 : rates[currency];
  return rate === undefined ? undefined : { min: min * rate, max: max * rate };
};

/** Texts in which clients name their genres: no question asks for them. */
const genreTexts = (data: QuestionnaireData): string =>
  [
    data.format,
    data.project_for,
    ...(data.personal_meaning ?? []),
    ...(data.excited_parts ?? []),
    data.logline,
    data.description,
  ]
    .filter((text) => text !== undefined)
    .join(' . ');

/** What answers ask for; undefined where nothing is answered. `now` in ms. */
export const askedIn = (
  data: QuestionnaireData | undefined,
  definition: MatchingDefinition,
  now: number,
): Asked | undefined => {
  if (!hasAnswers(data)) return undefined;
  const { formats, genres, materials } = vocabulariesOf(definition);
  const stated = budgetOf(data.budget);
  const budget = stated && inBase(stated, definition);
  const timeline = data.timeline === undefined ? undefined : daysIn(data.timeline, now);
  const involvement = involvementOf(data.involvement);
  return {
    definition,
    formats: namesIn(data.format ?? '', formats),
    formatText: phraseText(data.format ?? ''),
    genres: namesIn(genreTexts(data), genres),
    ...(budget && { budget }),
    ...(timeline && { timeline }),
    materials: namesIn((data.materials ?? []).join(' . '), materials),
    ...(involvement !== undefined && { involvement }),
  };
};
