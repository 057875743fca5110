import { textMetrics } from '../../contracts/insights/metrics.ts';
import type { TextEvents } from '../../core/insights/ports.ts';
import { logger, metrics } from './telemetry.ts';

const count = (name: keyof typeof textMetrics, value = 1): void => {
  metrics.addMetric(textMetrics[name], 'Count', value);
};

/** Outcomes of which no model knows. */
const unasked: Readonly<Record<string, keyof typeof textMetrics>> = {
  'circuit open': 'circuitOpen',
  'budget of the stack': 'exhausted',
  'budget of the user': 'userExhausted',
};

/** Refused and failed generations are counted as 1 or 0: operators are told of their share. */
const countAsked = (outcome: string): void => {
  const [isWritten, isRefused] = [outcome === 'written', outcome === 'failed the check'];
  if (isWritten) count('written');
  count('refused', Number(isRefused));
  count('failed', Number(!isWritten && !isRefused));
};

/** Counts what happens to generated texts; of a failure the log has the reason, never a text or a fact. */
export const textEvents: TextEvents = {
  generated: (purpose, outcome, { input, output }) => {
    const kept = unasked[outcome];
    if (kept) count(kept);
    else countAsked(outcome);
    if (input > 0) count('tokensIn', input);
    if (output > 0) count('tokensOut', output);
    if (outcome !== 'written') logger.warn('no text', { purpose, outcome });
  },
  served: (_purpose, from) => count(from === 'model' ? 'servedByModel' : 'servedByRules'),
  lost: (what, error) => {
    count('lost');
    logger.warn(`${what} lost`, { error: error as Error });
  },
};
