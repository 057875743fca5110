/**
 * Metrics of generated texts in the namespace `Attune`, as the runtime counts them and alarms and dashboard read them. `refused` and
 * `failed` are counted with every generation, as 1 or 0: their average is the share of generations.
 */
export const textMetrics = {
  /** A model wrote it and it passed the check. */
  written: 'TextsWritten',
  /** A model wrote it and it failed the check: it was thrown away. */
  refused: 'TextsRefused',
  /** The model wrote nothing that could be read: throttled, timed out, denied, malformed and the like. */
  failed: 'TextFailures',
  /** No model was asked, since too many calls before had failed. */
  circuitOpen: 'CircuitOpen',
  /** No model was asked: the stack's budget of the day is spent. */
  exhausted: 'BudgetExhausted',
  /** No model was asked: the user's budget of the day is spent. */
  userExhausted: 'UserBudgetExhausted',
  tokensIn: 'TextTokensIn',
  tokensOut: 'TextTokensOut',
  /** Answers whose texts a model wrote, and those that rules wrote. */
  servedByModel: 'TextsServedByModel',
  servedByRules: 'TextsServedByRules',
  /** Something beside an answer that a store or the queue refused: a request for a text, the correction of a budget. */
  lost: 'TextsLost',
} as const;
