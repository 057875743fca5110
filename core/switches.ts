/** What an operator may turn off without a deployment of code: `PERSONALIZATION_*` in the environment. */
export type Switches = {
  /** Learned models take part; off: rules, popularity and trends alone. */
  readonly ml: boolean;
  /** Experiments assign arms and rules hold users out; off: everybody gets the control and every matching rule. */
  readonly abTesting: boolean;
  /** Answers follow what the user did a moment ago; off: they stay as the night (or the cache) made them until that expires. */
  readonly realtime: boolean;
  /** Seconds that an answer may be reused; 0: never. */
  readonly cacheTtlSeconds: number;
  /** Answers to services and administrators tell how they came about. */
  readonly debug: boolean;
};

export const defaultSwitches: Switches = {
  ml: true,
  abTesting: true,
  realtime: true,
  cacheTtlSeconds: 60,
  debug: false,
};
