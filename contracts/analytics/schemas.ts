import * as z from 'zod';
import { isoTime, share } from '../common.ts';

const count = z.number().int().min(0);
/** Null where there is nothing to divide by. */
const rate = share.nullable();

const users = z.object({
  active: count.meta({ description: 'Users who did anything, each once' }),
  new: count.meta({ description: 'Those of them who had never done anything before' }),
  returning: count,
});

const engagement = z.object({
  interactions: count,
  sessions: count.meta({ description: 'By the day they began' }),
  minutes: z.number().min(0).meta({ description: 'Length of these sessions together' }),
  meanEngagement: rate.meta({ description: 'Mean engagement of an interaction, 0-1' }),
});

const recommendations = z
  .object({
    answers: count.meta({ description: 'Answers; one that repeats the last in its place is not a new one' }),
    shown: count.meta({ description: 'Elements in them' }),
    clicked: count.meta({
      description: 'Elements that were followed since: clicked, viewed, or anything that says more',
    }),
    converted: count.meta({ description: 'Elements that led to a conversion since' }),
    dismissed: count,
    unattributed: count.meta({
      description:
        'Recommendations followed on that day of which no trace is there, as it should be; in none of the others',
    }),
    clickThrough: rate.meta({ description: '`clicked` as a share of `shown`' }),
    conversion: rate.meta({ description: '`converted` as a share of `shown`' }),
  })
  .meta({ description: 'By the day the recommendation was made' });

const learningPaths = z.object({
  started: count.meta({ description: 'Learning contents that a user began to work on' }),
  progressed: count.meta({ description: 'Learning contents that a user went on with, by user and day' }),
  completed: count.meta({ description: 'Learning contents that a user finished for the first time' }),
});

const rules = z.object({
  decisions: count.meta({
    description: 'Config decisions; one that repeats the last in its context is not a new one',
  }),
  exposures: count.meta({ description: 'Decisions to which at least one rule applied' }),
  conversions: count.meta({ description: 'Exposures that a conversion of the user followed within 7 days' }),
  conversion: rate.meta({ description: '`conversions` as a share of `exposures`' }),
});

/** Every part is there unless `metric` names one. */
const figures = {
  users: users.optional(),
  engagement: engagement.optional(),
  recommendations: recommendations.optional(),
  learningPaths: learningPaths.optional(),
  rules: rules.optional(),
};

export const analyticsAnswer = z.object({
  period: z.enum(['1d', '7d', '30d', '90d']),
  from: isoTime,
  to: isoTime,
  asOf: isoTime.nullable().meta({ description: 'The last aggregation; null before the first' }),
  totals: z.object(figures),
  series: z.array(z.object({ date: z.iso.date(), ...figures })).meta({
    description: 'One row for each UTC day of the period, oldest first; the last one is the day of `asOf`',
  }),
  counted: z.object({
    users: count.meta({ description: 'Users of whom anything is stored' }),
    withoutConsent: count.meta({
      description: 'Users left out because they do not consent to analytics',
    }),
  }),
  reason: z.string().optional().meta({ description: 'Why nothing, or nothing new, is counted' }),
});

const interval = z.tuple([share, share]).nullable();

const segmentFigures = {
  users: count.meta({ description: 'Users active in the last 30 days' }),
  engagement: rate.meta({ description: 'Mean over these users of their mean engagement' }),
  engagementInterval: interval.meta({ description: '95 %' }),
  conversion: rate.meta({ description: 'Share of these users who converted in that time' }),
  conversionInterval: interval.meta({ description: '95 %, Wilson' }),
};

export const segmentsAnswer = z.object({
  segments: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['named', 'learned']).meta({
        description:
          'By thresholds (with a confidence of .5 at least; a user may be in several), or found by clustering',
      }),
      share: share.meta({ description: 'Of all active users' }),
      ...segmentFigures,
      underperformer: z.boolean().meta({
        description: 'True where conversion or engagement lies below that of all, its whole 95 % interval',
      }),
      reason: z.string(),
    }),
  ),
  everyone: z.object(segmentFigures),
  asOf: isoTime.nullable(),
  reason: z.string().optional(),
});
