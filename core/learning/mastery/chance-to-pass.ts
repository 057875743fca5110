import { type Mastery, PRIOR_MASTERY } from './mastery-of.ts';

/** Log-odds of passing: by logistic regression on the 82,758 results of 2013 in OULAD (`npm run -s evaluate:learning`). */
export const PASS_MODEL = { intercept: -2.158, mastery: 2.811, ease: 0.764 } as const;

/** The score that is usual (share of 1): what stands in for results that are not there yet. */
export const USUAL_SCORE = 0.7;
/** Share of the results that are passes, where nothing is known of a test. */
export const USUAL_EASE = 0.95;

const LEAST = 1e-3;

const logOdds = (share: number): number => {
  const inside = Math.min(1 - LEAST, Math.max(LEAST, share));
  return Math.log(inside / (1 - inside));
};

/** The score to expect, 0-1: mastery, whose prior of .5 gives way to what is usual. */
export const expectedScore = ({ mastery, confidence }: Pick<Mastery, 'mastery' | 'confidence'>): number =>
  mastery + (USUAL_SCORE - PRIOR_MASTERY) * (1 - confidence);

/** What the log-odds of passing are linear in: `[logit(expected score), logit(ease)]`. */
export const passTerms = (
  mastery: Pick<Mastery, 'mastery' | 'confidence'>,
  ease: number,
): [mastery: number, ease: number] => [logOdds(expectedScore(mastery)), logOdds(ease)];

/**
 * The probability that the next result is a pass (0-1), Rasch-like: log-odds = intercept + a * logit(expected score) +
 * b * logit(ease), where `ease` is the share of others that passed the test. Rises with mastery and with ease.
 */
export const chanceToPass = (
  mastery: Pick<Mastery, 'mastery' | 'confidence'>,
  { ease = USUAL_EASE }: { readonly ease?: number } = {},
): number => {
  const [score, easy] = passTerms(mastery, ease);
  const odds = PASS_MODEL.intercept + PASS_MODEL.mastery * score + PASS_MODEL.ease * easy;
  return 1 / (1 + Math.exp(-odds));
};
