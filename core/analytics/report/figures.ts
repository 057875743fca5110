import { rounded } from '../../profile/view/curves.ts';
import type { DayCounts } from '../types.ts';

const whole = (counts: DayCounts, name: keyof DayCounts): number => counts[name] ?? 0;

/** `part / of`, four digits; null where there is nothing to divide by. */
const shareOf = (part: number, of: number): number | null => (of === 0 ? null : rounded(part / of, 4));

export type UserFigures = { active: number; new: number; returning: number };

export const userFigures = ({
  active,
  new: fresh,
}: {
  readonly active?: number;
  readonly new?: number;
}): UserFigures => ({
  active: active ?? 0,
  new: fresh ?? 0,
  returning: (active ?? 0) - (fresh ?? 0),
});

/** `minutes` is the length of all sessions; `meanEngagement` is 0-1 over the interactions that tell about it. */
const engagementFigures = (counts: DayCounts) => ({
  interactions: whole(counts, 'interactions'),
  sessions: whole(counts, 'sessions'),
  minutes: rounded(whole(counts, 'seconds') / 60, 1),
  meanEngagement: shareOf(whole(counts, 'engagement') / 1000, whole(counts, 'telling')),
});

/** `clickThrough` and `conversion` are shares of what was shown. */
const recommendationFigures = (counts: DayCounts) => ({
  answers: whole(counts, 'answers'),
  shown: whole(counts, 'shown'),
  clicked: whole(counts, 'clicked'),
  converted: whole(counts, 'converted'),
  dismissed: whole(counts, 'dismissed'),
  unattributed: whole(counts, 'unattributed'),
  clickThrough: shareOf(whole(counts, 'clicked'), whole(counts, 'shown')),
  conversion: shareOf(whole(counts, 'converted'), whole(counts, 'shown')),
});

const learningFigures = (counts: DayCounts) => ({
  started: whole(counts, 'started'),
  progressed: whole(counts, 'progressed'),
  completed: whole(counts, 'completed'),
});

const ruleFigures = (counts: DayCounts) => ({
  decisions: whole(counts, 'decisions'),
  exposures: whole(counts, 'exposures'),
  conversions: whole(counts, 'conversions'),
  conversion: shareOf(whole(counts, 'conversions'), whole(counts, 'exposures')),
});

/** What an answer can be narrowed to, by the name in the question and the name in the answer. */
export const METRIC_FIGURES = {
  users: ['users', userFigures],
  engagement: ['engagement', engagementFigures],
  recommendations: ['recommendations', recommendationFigures],
  learning_paths: ['learningPaths', learningFigures],
  rules: ['rules', ruleFigures],
} as const;

export type Metric = keyof typeof METRIC_FIGURES;

export type Figures = {
  users?: UserFigures;
  engagement?: ReturnType<typeof engagementFigures>;
  recommendations?: ReturnType<typeof recommendationFigures>;
  learningPaths?: ReturnType<typeof learningFigures>;
  rules?: ReturnType<typeof ruleFigures>;
};

/** The figures of one or of all metrics from the counts of a day or the sums of several. */
export const figuresOf = (counts: DayCounts, metric: Metric | undefined): Figures =>
  Object.fromEntries(
    Object.entries(METRIC_FIGURES)
      .filter(([name]) => metric === undefined || name === metric)
      .map(([, [name, figures]]) => [name, figures(counts)]),
  );
