/**
 * Logged decisions, one row each, as columns: in context `contexts[i]` (a position, or always 0) the logging policy took
 * `actions[i]` with probability `propensities[i]` (0-1, above 0) and saw `rewards[i]`.
 */
export type DecisionLog = {
  readonly contexts: Int32Array;
  readonly actions: Int32Array;
  readonly rewards: Float64Array;
  readonly propensities: Float64Array;
  /** How many contexts and actions there are; actions of the evaluated policy that nobody took are among them. */
  readonly contextCount: number;
  readonly actionCount: number;
};

/** A number for every action in every context, at `context * actionCount + action`. */
export type ActionTable = Float64Array;

/** The policy that is evaluated: probabilities that add up to 1 in every context of the log. */
export type EvaluatedPolicy = {
  readonly probabilities: ActionTable;
  /**
   * Rows of another log that the probabilities of every context are the shares of; absent where they are known exactly. Intervals
   * are wider by what such shares vary.
   */
  readonly countedFrom?: Float64Array;
};

/** What an estimator says: its value, and what every row and every probability adds to it. */
export type PolicyEstimate = {
  readonly value: number;
  /** Per row, with mean 0: the estimate less its limit is about their mean. */
  readonly influence: Float64Array;
  /** Derivative of the value by every probability of the policy. */
  readonly gradient: ActionTable;
};
