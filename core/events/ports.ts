/** Something that others may want to know of: other systems of the company, operators, people who run experiments. */
export type ExperimentEvent = {
  /** The same whenever the same thing is told again, so that whoever gets it twice can tell. */
  readonly id: string;
  readonly type: 'ExperimentStatusChanged' | 'ExperimentVerdict';
  readonly experimentId: string;
  readonly key: string;
  /** Null where there was nothing before. */
  readonly from: string | null;
  readonly to: string;
  /** One sentence. */
  readonly reason: string;
  /** Who changed it: `sub` of the caller, or the job. */
  readonly by: string;
  /** ms since the epoch */
  readonly at: number;
};

/** Somebody earned an achievement. */
export type AchievementUnlocked = {
  /** As of other events: the same in every telling. */
  readonly id: string;
  readonly type: 'AchievementUnlocked';
  readonly userId: string;
  readonly domain: string;
  readonly achievementId: string;
  readonly name: string;
  readonly kind: string;
  /** One sentence. */
  readonly reason: string;
  /** ms since the epoch */
  readonly at: number;
};

export type EngineEvent = ExperimentEvent | AchievementUnlocked;

/** Where events go. */
export type EventPublisher<E extends EngineEvent = ExperimentEvent> = {
  /** Resolves once all were taken; throws where one was not. Each arrives at least once. */
  publish(events: readonly E[]): Promise<void>;
};
