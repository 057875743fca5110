import * as z from 'zod';
import { id, isoTime, provenance, share, shortText, word } from '../common.ts';

export const level = z.enum(['beginner', 'intermediate', 'advanced', 'expert']);

/** Durations in seconds: from nothing (a note) to 115 days. */
const seconds = z.number().min(0).max(1e7);

export const moduleInput = z.strictObject({
  id,
  title: shortText,
  type: word,
  duration: seconds.meta({ description: 'In seconds' }),
  prerequisites: z.array(id).max(50).default([]),
});

export const pathInput = {
  title: shortText,
  topic: word,
  level,
  modules: z.array(moduleInput).min(1).max(200),
  estimatedDuration: seconds
    .optional()
    .meta({ description: 'In seconds; what the engine expects is in the answer' }),
};

export const progressInput = {
  moduleId: id,
  status: z
    .enum(['started', 'in_progress', 'completed', 'failed', 'skipped'])
    .meta({ description: '`in_progress` is understood as `started`' }),
  score: z.number().min(0).max(100).optional(),
  timeSpent: seconds.optional().meta({ description: 'In seconds' }),
};

export const moduleView = z.object({
  id,
  title: z.string(),
  type: z.string(),
  duration: z.number(),
  prerequisites: z.array(z.string()),
  position: z.number().int().meta({ description: 'In the order of the path, from 1' }),
  difficulty: share.meta({ description: 'base x (1 + performance + time + engagement), within 0.1 and 1' }),
  estimatedMinutes: z.number().meta({ description: "At the learner's own pace" }),
  status: z.enum(['locked', 'open', 'started', 'completed', 'failed', 'skipped']),
  score: z.number().optional(),
  timeSpent: z.number().optional(),
  reviewOf: z
    .string()
    .optional()
    .meta({ description: 'A module that the engine put in to look at this one again' }),
  maySkip: z.boolean().optional(),
  reason: z.string().meta({ description: 'Why it stands here, and why it is so hard' }),
});

export const pathView = z.object({
  pathId: id,
  userId: id,
  title: z.string(),
  topic: z.string(),
  level,
  modules: z.array(moduleView),
  status: z.enum(['active', 'completed']),
  progress: z.object({
    completed: z.number().int(),
    total: z.number().int(),
    percent: z.number(),
    minutesLeft: z.number(),
  }),
  nextModule: z.string().nullable(),
  estimatedDuration: z.number().optional(),
  estimatedMinutes: z.number(),
  signals: z.object({
    struggle: z.boolean(),
    boredom: z.boolean(),
    reason: z.string(),
  }),
  mastery: z.object({ topic: z.string(), mastery: share, confidence: share, results: z.number().int() }),
  adaptations: z.array(
    z.object({
      at: isoTime,
      kind: z.enum(['review added', 'harder', 'easier', 'may be skipped']),
      moduleId: z.string(),
      reason: z.string(),
    }),
  ),
  nextPath: z
    .object({
      topic: z.string(),
      title: z.string(),
      contentId: id.optional(),
      confidence: share,
      reason: z.string(),
    })
    .optional()
    .meta({ description: 'What to learn after this path, once it is completed' }),
  version: z.number().int(),
  createdAt: isoTime,
  updatedAt: isoTime,
});

export const pathProvenance = { ...provenance, reason: z.string().optional() };

export const streakView = z.object({
  length: z.number().int(),
  longest: z.number().int(),
  freezes: z.number().int().meta({ description: 'Days without anything done that the streak can outlive' }),
  frozen: z.number().int(),
  today: z.boolean(),
  expiresAt: isoTime.nullable(),
  timezone: z.string(),
});

export const achievementView = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  kind: z.enum(['completion', 'streak', 'skill', 'milestone', 'social']),
  progress: z.object({ current: z.number(), target: z.number() }),
  status: z.enum(['locked', 'unlocked', 'claimed']),
  unlockedAt: isoTime.optional(),
  claimedAt: isoTime.optional(),
  imageUrl: z.string().optional(),
  reason: z.string(),
});
