import { textHash } from '../../numbers/text-hash.ts';
import { rounded } from '../../profile/view/curves.ts';
import type { ShownPath } from './path-answer.ts';

/** `[module, status, difficulty in percent, minutes]` in the order of the path. */
export type TracedModule = readonly [id: string, status: string, difficulty: number, minutes: number];

/** What is kept of the answer about a path: what it was planned from, and the modules that were left, first ones first. */
export type PathTrace = {
  readonly kind: 'learning path';
  readonly context: string;
  readonly path: string;
  readonly topic: string;
  readonly level: string;
  readonly version: number;
  readonly style?: string;
  readonly pace: number;
  /** `[mastery, confidence, results]` of the topic. */
  readonly mastery: readonly [mastery: number, confidence: number, results: number];
  /** `[performance, time, engagement]` */
  readonly terms: readonly [performance: number, time: number, engagement: number];
  readonly signal: string;
  readonly modules: readonly TracedModule[];
  /** How many modules were left. */
  readonly left: number;
  readonly next?: string;
  readonly digest: number;
};

export const isPathTrace = (body: unknown): body is PathTrace =>
  (body as Partial<PathTrace> | null)?.kind === 'learning path';

const TRACED = 20;

/** Six hex digits: the ids of decisions about this path begin with them. */
export const pathPlace = (barePathId: string): string =>
  textHash(`learning path ${barePathId}`).toString(16).padStart(8, '0').slice(0, 6);

/** The trace of an answer about a path. */
export const pathTraceOf = ({ path, progress, learner, plan, nextPath }: ShownPath): PathTrace => {
  const { mastery, confidence, results } = learner.mastery;
  const { performance, time, engagement } = plan.terms;
  const left = plan.modules.filter(({ status }) => status !== 'completed' && status !== 'skipped');
  const modules = left.map(
    ({ id, status, difficulty, estimatedMinutes }): TracedModule => [
      id,
      status,
      Math.round(100 * difficulty),
      estimatedMinutes,
    ],
  );
  // What is forgotten from hour to hour is no other answer: the digest is that of what was said.
  const digest = textHash(JSON.stringify([modules, plan.signals, nextPath?.title]));
  return {
    kind: 'learning path' as const,
    context: 'learning path',
    path: path.pathId,
    topic: path.topic,
    level: path.level,
    version: progress.version,
    ...(learner.style && { style: learner.style.name }),
    pace: rounded(learner.observedPace, 2),
    mastery: [rounded(mastery, 2), rounded(confidence, 2), results] as const,
    terms: [rounded(performance, 2), rounded(time, 2), rounded(engagement, 2)] as const,
    signal: plan.signals.reason,
    modules: modules.slice(0, TRACED),
    left: left.length,
    ...(nextPath && { next: nextPath.title.slice(0, 80) }),
    digest,
  };
};

/** The trace with its last module left out; undefined where there is none. */
export const shorterPathTrace = (trace: PathTrace): PathTrace | undefined =>
  trace.modules.length === 0 ? undefined : { ...trace, modules: trace.modules.slice(0, -1) };
