/** A step of a learning path as it was given. Durations in seconds. */
export type Module = {
  readonly id: string;
  readonly title: string;
  /** `video`, `reading`, `exercise`, `quiz`, `project`, ... any word. */
  readonly type: string;
  readonly duration: number;
  readonly prerequisites: readonly string[];
};

export type Level = 'beginner' | 'intermediate' | 'advanced' | 'expert';

/** What a path is made of: written once. Times in ms since the epoch. */
export type LearningPath = {
  readonly pathId: string;
  readonly userId: string;
  readonly title: string;
  readonly topic: string;
  readonly level: Level;
  readonly modules: readonly Module[];
  /** In the client's words; what the engine expects is computed. */
  readonly estimatedDuration?: number | undefined;
  readonly createdAt: number;
};

export type ModuleStatus = 'started' | 'completed' | 'failed' | 'skipped';

/** What became of one module. `score` 0-100, `timeSpent` in seconds, both of the last attempt; `attempts` counts completed and failed. */
export type ModuleProgress = {
  readonly status: ModuleStatus;
  readonly score?: number | undefined;
  readonly timeSpent: number;
  readonly attempts: number;
  readonly at: number;
  /** How hard it was for this learner when it was done last, 0.1-1. */
  readonly difficulty?: number | undefined;
};

/** A module that the engine put in: `of` is the module whose content is looked at again. */
export type Review = {
  readonly id: string;
  readonly of: string;
  readonly at: number;
  readonly reason: string;
};

/** Something that was changed on the way, and why. */
export type Adaptation = {
  readonly at: number;
  readonly kind: 'review added' | 'harder' | 'easier' | 'may be skipped';
  readonly moduleId: string;
  readonly reason: string;
};

/** A step as it is tracked, whoever does it and when: all that its interactions are made of. */
export type ToldStep = {
  readonly moduleId: string;
  readonly status: ModuleStatus;
  /** Of an attempt. */
  readonly score?: number | undefined;
  readonly seconds: number;
  /** From 1, of this module. */
  readonly attempt: number;
  readonly at: number;
  /** The first step of the path. */
  readonly begins: boolean;
  /** The step that completed the path. */
  readonly ends: boolean;
};

/** What changes of a path, apart from what does not: small, rewritten with every step. */
export type PathProgress = {
  readonly version: number;
  readonly modules: Readonly<Record<string, ModuleProgress>>;
  readonly reviews: readonly Review[];
  /** The newest 20. */
  readonly adaptations: readonly Adaptation[];
  /** Modules that the learner need not do, since those before were too easy. */
  readonly maySkip?: readonly string[];
  /** The last step, and those before it that may not have been tracked: each is tracked by whoever finds it missing. */
  readonly told?: readonly ToldStep[];
  readonly updatedAt: number;
  readonly completedAt?: number;
};

export type LearningPathStore = {
  /** Throws `Conflict` where the path exists. */
  create(path: LearningPath): Promise<void>;
  get(userId: string, pathId: string): Promise<{ path: LearningPath; progress: PathProgress } | undefined>;
  /** The user's paths, newest first. */
  list(
    userId: string,
    page: { limit: number; after?: string },
  ): Promise<{
    paths: { path: LearningPath; progress: PathProgress }[];
    next: string | null;
  }>;
  /** On condition that the stored version is `expectedVersion`; false where it is not. */
  putProgress(
    userId: string,
    pathId: string,
    progress: PathProgress,
    expectedVersion: number,
  ): Promise<boolean>;
  /** Deletes every path of the user. */
  remove(userId: string): Promise<void>;
};
