import * as z from 'zod';
import { amount, id, isoTime, longText, score100, share, shortText, text, word, words } from '../common.ts';

export const learnerFields = {
  age: z.number().int().min(3).max(130).optional(),
  learningStyle: z.enum(['visual', 'auditory', 'kinesthetic', 'reading']).optional(),
  experienceLevel: z.enum(['beginner', 'intermediate', 'advanced', 'expert']).optional(),
  preferredPace: z.enum(['slow', 'moderate', 'medium', 'normal', 'fast']).optional(),
  interests: words.optional(),
  careerGoals: words.optional(),
  learningObjectives: words.optional(),
};

export const questionnaire = z.strictObject({
  timeline: shortText.optional(),
  personal_meaning: words.optional(),
  project_for: shortText.optional(),
  format: shortText.optional(),
  materials: words.optional(),
  excited_parts: words.optional(),
  involvement: shortText.optional(),
  start_timing: shortText.optional(),
  budget: z
    .union([shortText, amount, z.strictObject({ min: amount.optional(), max: amount.optional() })])
    .optional(),
  logline: longText.optional(),
  description: longText.optional(),
  want_consult: z.union([z.boolean(), shortText]).optional(),
});

export const goalInput = z.union([
  text.trim().min(1).max(500),
  z.strictObject({
    title: text.trim().min(1).max(500),
    metric: word.optional(),
    target: amount.optional(),
    due: z.union([isoTime, z.iso.date()]).optional(),
  }),
]);

export const goalView = z.object({
  title: z.string(),
  term: z.enum(['short', 'long']),
  metric: z.string().optional(),
  target: z.number().optional(),
  due: z.string().optional(),
  progress: z.object({
    measured: z.boolean(),
    current: z.number().optional(),
    target: z.number().optional(),
    ratio: share.optional(),
    pace: z.enum(['ahead', 'on track', 'behind', 'done', 'overdue']).optional(),
    reason: z.string().optional(),
  }),
});

export const engagedTerm = z.object({
  name: z.string(),
  contents: z.number().int().meta({ description: 'In how many of them' }),
  share: share.meta({ description: 'Share of the weight of all of them' }),
});

const segmentView = z.object({ name: z.string(), confidence: share });

const weights = z.array(z.object({ name: z.string(), weight: z.number().min(-1).max(1) }));

/** What a learner states, and what shows: of users who state nothing and have no results there is none. */
export const learnerView = z.looseObject({
  style: z.object({
    value: z.enum(['visual', 'auditory', 'kinesthetic', 'reading']).nullable(),
    source: z.enum(['stated', 'inferred', 'unknown']),
    confidence: share,
    reason: z.string(),
  }),
  level: z.enum(['beginner', 'intermediate', 'advanced', 'expert']),
  pace: z.object({
    value: z.enum(['slow', 'moderate', 'fast']),
    source: z.enum(['stated', 'observed', 'unknown']),
    stated: z.string().optional(),
    observed: z.number().optional().meta({ description: 'Time taken to time expected' }),
    observations: z.number().int(),
    factor: z.number().meta({ description: 'What to multiply expected times with' }),
    reason: z.string(),
  }),
  interests: z.array(z.string()),
  skills: z
    .array(
      z.object({
        topic: z.string(),
        mastery: share,
        confidence: share,
        results: z.number().int(),
        state: z.enum(['weak', 'growing', 'mastered']),
        meanScore: score100,
        passes: z.number().int(),
        lastAt: isoTime,
      }),
    )
    .meta({ description: 'The skill vector: mastery by topic, best first' }),
  preferenceVector: z
    .object({ contentTypes: weights, topics: weights })
    .meta({ description: 'Exponential moving averages, strongest first' }),
});

/** `rule` while data are too short for a learned model; `detail` says why. */
const method = z.enum(['rule', 'model']);

export const nextAction = z.object({ action: z.string(), probability: share });

export const workflowPattern = z.object({
  sequence: z.array(z.string()),
  support: z.number().int().meta({ description: 'How often it came up' }),
  visits: z.number().int().meta({ description: 'In how many visits' }),
  confidence: share.meta({ description: 'How often the last action follows where the others were' }),
  next: z.string().nullable(),
  nextProbability: share,
  usualHour: z
    .number()
    .int()
    .min(0)
    .max(23)
    .nullable()
    .meta({ description: "Hour of the day in the user's time zone; null where it comes up at all hours" }),
});

/** The profile of api.md, "Profile (at least)". */
export const profileView = z
  .object({
    userId: id,
    attributes: z.record(z.string(), z.unknown()),
    preferences: z.record(z.string(), z.unknown()),
    questionnaire: z.record(z.string(), z.unknown()).optional(),
    learner: learnerView.optional(),
    marketFocus: z.array(z.string()),
    goals: z.array(goalView),
    features: z.array(z.object({ feature: z.string(), count: z.number().int(), lastUsedAt: isoTime })),
    contentPreferences: z.array(
      z.object({
        contentType: z.string(),
        successes: z.number().int(),
        failures: z.number().int(),
        score: z.number(),
      }),
    ),
    contentInterests: z
      .object({ styles: z.array(engagedTerm), topics: z.array(engagedTerm) })
      .optional()
      .meta({
        description:
          'Styles and topics of the contents that the user engaged with lately, as the catalogue describes them; in answers that read a profile',
      }),
    segments: z.array(segmentView),
    skillLevel: z.enum(['beginner', 'intermediate', 'advanced', 'expert']),
    engagementLevel: z.number().int().min(1).max(5),
    personalizationScore: score100,
    learnedSegment: z
      .object({ name: z.string(), distance: z.number(), method: z.literal('model') })
      .optional()
      .meta({ description: 'The learned segment (k-means); absent while no such model is in service' }),
    churn: z.object({
      risk: share,
      factors: z.array(z.object({ factor: z.string(), contribution: z.number(), detail: z.string() })).meta({
        description: 'Contributions add up to the risk (`rule`) or to its log-odds (`model`)',
      }),
      method,
      detail: z.string().optional(),
    }),
    lifetimeValue: z.object({
      expected: z.number().nullable(),
      horizonDays: z.number(),
      method,
      detail: z.string().optional(),
    }),
    nextActions: z.array(nextAction),
    workflowPatterns: z.array(workflowPattern),
    sessions: z.object({
      count: z.number().int(),
      lastAt: isoTime.nullable(),
      medianMinutes: z.number().nullable(),
      byHour: z.array(z.number().int()).length(24),
    }),
    devices: z.record(z.string(), z.number()),
    privacy: z.object({
      level: z.enum(['strict', 'standard', 'permissive']),
      consents: z.object({ analytics: z.boolean(), personalization: z.boolean(), ai: z.boolean() }),
      optOut: z.boolean(),
    }),
    analytics: z.record(z.string(), z.unknown()),
    recentActivity: z.array(z.record(z.string(), z.unknown())),
    version: z.number().int(),
    createdAt: isoTime,
    updatedAt: isoTime,
  })
  .meta({ id: 'Profile' });
