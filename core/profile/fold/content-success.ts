import { type SignalParts, signalOf } from './signals.ts';

/**
 * Whether an interaction speaks for or against its kind of content: by the sign of its signal, so a
 * `content_preference` by its value, everything else by type, rating and sentiment. `neither` for what only happened
 * to the user (an impression, a session's border).
 */
export const contentSuccess = (interaction: SignalParts): 'success' | 'failure' | 'neither' => {
  const signal = signalOf(interaction);
  if (signal === 0) return 'neither';
  return signal > 0 ? 'success' : 'failure';
};

/**
 * Share of successes, shrunk towards a half: (s + 1) / (n + 2), the mean of the Beta(1, 1) posterior (Laplace's rule of
 * succession). One success is .67, ten of ten .92, none of none .5; 0-1, never reaching either.
 */
export const successScore = (successes: number, failures: number): number =>
  (successes + 1) / (successes + failures + 2);
