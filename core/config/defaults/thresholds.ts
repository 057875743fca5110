/** From which evidence on the config follows what was seen of a user. Every reason names the number that was reached. */
export const CONFIG_THRESHOLDS = {
  /** Confidence of `new_user` from which somebody is surely new. */
  surelyNew: 0.8,
  /** Confidence of `power_user` from which the layout gets dense. */
  powerUser: 0.5,
  /** Use by night, 20 to 6 o'clock on the user's clock, in percent, and the interactions it takes. */
  nightFrom: 20,
  nightTo: 6,
  nightPercent: 60,
  nightInteractions: 20,
  /** Share of one kind of device in percent, and the interactions it takes. */
  devicePercent: 70,
  deviceInteractions: 10,
  /** A feature is adopted once it was used so often. */
  adoptedUses: 3,
  /** A tier of features opens when so much of the tier below is adopted, in percent. */
  tierPercent: 60,
  /** How many features are pointed out. */
  highlights: 3,
  /** How many shortcuts there are, and the uses that one takes. */
  shortcuts: 5,
  shortcutUses: 3,
  /** Kinds of content by which lists are filtered: how many, the success score in percent, the evidence. */
  contentTypes: 3,
  contentScorePercent: 60,
  contentEvidence: 5,
} as const;

/** What is kept of a user's features for a decision: the most used ones. */
export const FEATURES_KEPT = 48;
