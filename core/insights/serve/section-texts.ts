import type { Domain, TextSection } from '../../domains/types.ts';
import { ruleTexts } from '../texts/rule-texts.ts';
import type { TextPurpose } from '../types.ts';
import type { KnownUser } from './insight-sheet.ts';
import { modelTexts, type ShownText, shownByRules } from './shown-texts.ts';
import type { TextChoice } from './text-choice.ts';

export type SectionAsk = {
  readonly section: TextSection;
  readonly limit: number;
  /** Of suggestions: where they are asked for. */
  readonly page?: string;
};

/** What the texts are about. */
export type TextSubject = Pick<KnownUser, 'sheet' | 'dismissed' | 'done'> & { readonly domain: Domain };

/**
 * The texts of a section: the model's, or those of rules where rules write or the model had nothing to say there. Neither proposes what
 * the user dismissed.
 */
export const sectionTexts = (
  choice: TextChoice<TextPurpose>,
  { sheet, dismissed, done, domain }: TextSubject,
  ask: SectionAsk,
): ShownText[] => {
  const { section, limit } = ask;
  const written = choice.by === 'model' ? modelTexts(choice, domain, section) : [];
  const wanted = written.filter(({ action }) => action === undefined || !dismissed.includes(action));
  if (wanted.length > 0) return wanted.slice(0, limit);
  return shownByRules(ruleTexts(sheet, domain, { ...ask, without: dismissed, done }), domain, section);
};
