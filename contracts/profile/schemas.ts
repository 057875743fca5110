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

export const segmentView = z.object({ name: z.string(), confidence: share });

/** The profile of api.md, "Profile (at least)". */
export const profileView = z
  .object({
    userId: id,
    attributes: z.record(z.string(), z.unknown()),
    preferences: z.record(z.string(), z.unknown()),
    questionnaire: z.record(z.string(), z.unknown()).optional(),
    learner: z.record(z.string(), z.unknown()).optional(),
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
    segments: z.array(segmentView),
    skillLevel: z.enum(['beginner', 'intermediate', 'advanced', 'expert']),
    engagementLevel: z.number().int().min(1).max(5),
    personalizationScore: score100,
    churn: z.object({ risk: share, factors: z.array(z.unknown()), method: z.string() }),
    lifetimeValue: z.object({ expected: z.number().nullable(), horizonDays: z.number(), method: z.string() }),
    nextActions: z.array(z.object({ action: z.string(), probability: share })),
    workflowPatterns: z.array(
      z.object({ sequence: z.array(z.string()), support: z.number(), next: z.unknown() }),
    ),
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
