/** Ranking or fit quality by the metric's usual name, e.g. `ndcg@10`, `auc`. */
export type Metrics = Readonly<Record<string, number>>;

/** Which program factorised the interactions: one Lambda, or Spark where they do not fit there. */
export type Engine = 'lambda' | 'spark';

/** What a run was trained on. Times are ms since the epoch. */
export type TrainingDataCard = {
  readonly interactions: number;
  readonly users: number;
  readonly items: number;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  /** Users whose interactions were not exported, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** Rows that were not used, by reason. */
  readonly skipped: Readonly<Record<string, number>>;
};

/** One of the models of a run, with what it was held against. */
export type ModelPart = {
  readonly name: string;
  readonly trained: boolean;
  readonly promoted: boolean;
  /** Why it was trained, put in service, or not. */
  readonly reason: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly metrics?: Metrics;
  readonly baseline?: { readonly name: string; readonly metrics: Metrics };
  /** The same figures of the model in service, on the same users. */
  readonly inService?: { readonly version: number; readonly metrics: Metrics };
};

/** How a group of users or items is treated, beside the others. */
export type AuditRow = { readonly group: string; readonly metrics: Metrics };

export type EvaluationCard = {
  /** How it was held out, in words. */
  readonly method: string;
  /** Trained on what happened before this moment, ms; null where nothing could be held out. */
  readonly splitAt: number | null;
  readonly users: number;
  /** Share of the recommendations by popularity decile of the items, most popular first. */
  readonly popularityDeciles: readonly AuditRow[];
  /** By the audited user attribute; empty where none is chosen. */
  readonly groups: readonly AuditRow[];
};

/** What became of one night's run: data, parameters, metrics, duration and decision. */
export type ModelCard = {
  readonly runId: string;
  /** ms since the epoch */
  readonly startedAt: number;
  readonly finishedAt: number;
  /** Undefined where no model was trained. */
  readonly version?: number;
  readonly decision: 'promoted' | 'kept' | 'failed';
  readonly reason: string;
  readonly engine?: Engine;
  readonly data?: TrainingDataCard;
  readonly evaluation?: EvaluationCard;
  readonly models: readonly ModelPart[];
};
