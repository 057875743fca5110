import { statedHash } from '../facts/fact-hash.ts';
import type { FactSheet } from '../facts/types.ts';
import type { StoredText, TextState } from '../ports.ts';
import type { RulesBecause, TextPurpose } from '../types.ts';
import { isUnknown, type KnownUser } from './insight-sheet.ts';
import { type IdNow, idsNow, type StillSo, shareStillSo, stillSo } from './still-so.ts';

/** Who writes the texts of an answer. */
export type TextChoice<P extends TextPurpose> =
  | { readonly by: 'model'; readonly text: StoredText<P>; readonly isSo: StillSo; readonly idNow: IdNow }
  | {
      readonly by: 'rules';
      readonly because: RulesBecause;
      /** Whether a model should be asked for a text: none is there, and none is on its way. */
      readonly wanted: boolean;
    };

const rules = (because: RulesBecause, wanted = false) => ({ by: 'rules', because, wanted }) as const;

/** Of less than this share of its claims a kept text is written anew. */
const ENOUGH = 0.5;

/** The model's text, and what of it is still so, where that is enough. */
const kept = <P extends TextPurpose>(
  text: StoredText<P>,
  sheet: FactSheet,
  hash: string,
): TextChoice<P> | undefined => {
  if (text.stated !== statedHash(sheet.facts)) return undefined;
  const isSo = stillSo(text, sheet);
  const share = shareStillSo(text, isSo);
  // Of equal facts no other text is written: what is left of this one is all there is.
  const isEnough = share >= ENOUGH || (share > 0 && text.hash === hash);
  return isEnough ? { by: 'model', text, isSo, idNow: idsNow(text, sheet) } : undefined;
};

/**
 * A model's text where one is kept that knows all that the user said of themselves, and of which at least half is still so (what is not is left
 * out); else rules, and why. `writes`: whether a
 * model is set up.
 */
export const textChoice = <P extends TextPurpose>(question: {
  readonly known: KnownUser;
  readonly hash: string;
  readonly state: TextState | undefined;
  readonly writes: boolean;
  readonly now: number;
}): TextChoice<P> => {
  const { known, hash, state, writes, now } = question;
  if (!known.ai) return rules('no consent');
  if (!writes) return rules('switched off');
  if (state?.state === 'written' && state.expiresAt > now) {
    const choice = kept(state as StoredText<P>, known.sheet, hash);
    if (choice) return choice;
  }
  if (isUnknown(known.sheet)) return rules('nothing known');
  if (state?.state === 'failed' && state.until > now) return rules(state.why);
  const isAsked = state?.state === 'asked' && state.hash === hash && state.until > now;
  return rules('being written', !isAsked);
};
