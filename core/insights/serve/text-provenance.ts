import { CONSENT_REASON } from '../../privacy/consent.ts';
import type { TextPurpose } from '../types.ts';
import type { TextChoice } from './text-choice.ts';
import { whyModel, whyRules } from './why-rules.ts';

/** Where the texts of an answer come from. `computed`: a model wrote them for this very answer. */
export type TextSource = 'computed' | 'cache' | 'fallback';

/** Who wrote the texts of an answer, when, and why so, in the words of the contract. */
export const textProvenance = (
  choice: TextChoice<TextPurpose>,
  about: { readonly personalised: boolean; readonly now: number; readonly writtenNow?: boolean },
) => {
  const generatedAt = new Date(about.now).toISOString();
  if (choice.by === 'rules') {
    const reason = about.personalised ? whyRules(choice.because) : CONSENT_REASON;
    return {
      generatedAt,
      source: 'fallback' as TextSource,
      reason,
      writtenBy: 'rules' as const,
      textGeneratedAt: null,
    };
  }
  const { writtenAt } = choice.text;
  return {
    generatedAt,
    source: (about.writtenNow ? 'computed' : 'cache') as TextSource,
    reason: whyModel(writtenAt),
    writtenBy: 'model' as const,
    textGeneratedAt: new Date(writtenAt).toISOString(),
  };
};
