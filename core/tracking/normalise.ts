import { Invalid } from '../errors.ts';
import type { Interaction } from '../profile/types.ts';

/** An interaction in the words of the client; see `Interaction` in api.md. */
export type SentInteraction = {
  interactionId?: string;
  type?: string;
  interactionType?: string;
  action?: string;
  contentId?: string;
  contentType?: string;
  feature?: string;
  value?: number;
  rating?: number;
  completionRate?: number;
  durationMs?: number;
  /** milliseconds */
  duration?: number;
  /** seconds */
  timeSpent?: number;
  scrollDepth?: number;
  clicksCount?: number;
  feedback?: string;
  sessionId?: string;
  device?: string | { type: string };
  context?: Record<string, unknown>;
  recommendationId?: string;
  decisionId?: string;
  position?: number;
  /** ISO-8601 */
  occurredAt?: string;
};

export type NormaliseContext = {
  userId: string;
  /** Arrival, ms since the epoch. */
  now: number;
  retentionMs: number;
  /** Makes an id for an interaction that brings none. */
  newId: () => string;
};

/** A clock may run ahead by this much before its events are refused (api.md, Interaction). */
const CLOCK_SKEW_MS = 5 * 60_000;

/** `Add To Cart`, `addToCart`, `ADD-TO-CART` -> `add_to_cart` */
export const typeName = (name: string): string =>
  name
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[\s-]+/g, '_')
    .toLowerCase();

/** `{type: 'Mobile'}` or `Mobile` -> `mobile` */
export const deviceKind = (device: SentInteraction['device']): string | undefined =>
  (typeof device === 'string' ? device : device?.type)?.trim().toLowerCase();

/** Throws `Invalid`, naming `path`, for a moment too far ahead or past the retention period. */
export const checkOccurrence = (
  occurredAt: number,
  { now, retentionMs }: Pick<NormaliseContext, 'now' | 'retentionMs'>,
  path = 'occurredAt',
): void => {
  const refuse = (message: string) => {
    throw new Invalid([{ path, message }]);
  };
  if (occurredAt > now + CLOCK_SKEW_MS) refuse('is more than 5 minutes in the future');
  if (occurredAt < now - retentionMs) refuse('is older than the retention period');
};

const occurredAtOf = (sent: SentInteraction, context: NormaliseContext): number => {
  if (sent.occurredAt === undefined) return context.now;
  const occurredAt = Date.parse(sent.occurredAt);
  checkOccurrence(occurredAt, context);
  return occurredAt;
};

const durationOf = (sent: SentInteraction): number | undefined =>
  sent.durationMs ?? sent.duration ?? (sent.timeSpent === undefined ? undefined : sent.timeSpent * 1000);

const withoutUndefined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;

/**
 * One interaction in the engine's own words: type in lower snake case, times and durations in milliseconds. Throws `Invalid` where its time lies outside what is accepted.
 */
export const normaliseInteraction = (sent: SentInteraction, context: NormaliseContext): Interaction =>
  withoutUndefined({
    interactionId: sent.interactionId ?? context.newId(),
    userId: context.userId,
    type: typeName(sent.type ?? sent.interactionType ?? sent.action ?? 'view'),
    contentId: sent.contentId,
    contentType: sent.contentType?.toLowerCase(),
    feature: sent.feature,
    value: sent.value,
    rating: sent.rating,
    completionRate: sent.completionRate,
    durationMs: durationOf(sent),
    scrollDepth: sent.scrollDepth,
    clicksCount: sent.clicksCount,
    feedback: sent.feedback,
    sessionId: sent.sessionId,
    device: deviceKind(sent.device),
    context: sent.context,
    recommendationId: sent.recommendationId,
    decisionId: sent.decisionId,
    position: sent.position,
    occurredAt: occurredAtOf(sent, context),
    receivedAt: context.now,
  });
