export const SEGMENT_NAMES = [
  'new_user',
  'casual_user',
  'feature_explorer',
  'power_user',
  'goal_oriented',
  'mobile_first',
  'desktop_focused',
] as const;

export type SegmentName = (typeof SEGMENT_NAMES)[number];

/** Between the two numbers a confidence goes smoothly from 0 to 1 (or from 1 to 0, for what must be small). */
export type Threshold = readonly [from: number, to: number];

/** What the named segments mean, in numbers. A tenant's own segments come with rules, not by changing these. */
export const SEGMENT_THRESHOLDS = {
  /** Few interactions: surely new up to 5, surely not from 30 on. */
  newInteractions: [5, 30],
  /** Known for a short time, in days since the first interaction. */
  newDays: [7, 30],
  /** Interactions a day (decayed, half-life 14 days) below which somebody is casual. */
  casualRate: [1, 4],
  /** Interactions a day of a power user, and how many it takes before one is called so. */
  powerRate: [1.5, 6],
  powerInteractions: [40, 150],
  /** Distinct features of an explorer, and how evenly they are used (entropy as a share of the possible). */
  explorerFeatures: [3, 10],
  explorerEvenness: [0.4, 0.8],
  /** Goals that are set, and things completed: their number and their share of all interactions. */
  goals: [0, 3],
  completions: [0, 6],
  completionShare: [0.05, 0.3],
  /** Share of the interactions that came from one kind of device, and how many there must be. */
  deviceShare: [0.5, 0.85],
  deviceInteractions: [2, 10],
} as const satisfies Record<string, Threshold>;

/** Segments below this confidence are not named. */
export const LEAST_CONFIDENCE = 0.1;

/** Device names that clients send, by the segment they speak for. */
export const MOBILE_DEVICES: ReadonlySet<string> = new Set([
  'mobile',
  'phone',
  'smartphone',
  'tablet',
  'ios',
  'android',
]);
export const DESKTOP_DEVICES: ReadonlySet<string> = new Set([
  'desktop',
  'laptop',
  'pc',
  'mac',
  'windows',
  'linux',
  'web',
]);
