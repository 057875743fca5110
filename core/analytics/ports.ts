import type { GenerationReport } from '../generation/types.ts';
import type { ActivityReport, RulesReport, SegmentsReport } from './types.ts';

/** What an aggregation leaves, by name. */
export type Reports = {
  readonly activity: ActivityReport;
  readonly segments: SegmentsReport;
  readonly rules: RulesReport;
  readonly generation: GenerationReport;
};

export type AnalyticsStore = {
  /** Replaces the report unless a later run (`asOf`) has replaced it already. */
  put<Name extends keyof Reports>(name: Name, report: Reports[Name]): Promise<void>;
  /** Undefined before the first aggregation. */
  get<Name extends keyof Reports>(name: Name): Promise<Reports[Name] | undefined>;
};
