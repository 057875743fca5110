import {
  type Behaviour,
  type ContentTypeTally,
  type FeatureTally,
  LIMITS,
  type Tally,
  type WeeklyCounts,
} from '../behaviour.ts';
import type { CountedInteraction, Interaction } from '../types.ts';
import { contentSuccess } from './content-success.ts';
import { addDecayed, WEEK_MS } from './decay.ts';
import { keepByPriority } from './keep-by-priority.ts';
import { countPayment } from './payment-history.ts';
import { mergeRecent, recentEntry } from './recent.ts';
import { countResult, keepLearning } from './results.ts';
import { mergeSessionDays, sessionDay } from './session-days.ts';
import { isCompletion, isFinish, isKnownType } from './signal-table.ts';
import { engagementOf, signalOf } from './signals.ts';

const HOUR_MS = 3_600_000;

/** Sums are kept in thousandths; a single value beyond a milliard is cut there, so that they stay exact integers. */
const thousandths = (x: number): number => Math.round(Math.min(Math.max(x, -1e9), 1e9) * 1000);

/** The behaviour while it is being written to: tallies by name. */
type Draft = Omit<Behaviour, 'types' | 'features' | 'contentTypes' | 'devices'> & {
  types: Map<string, Tally>;
  features: Map<string, [count: number, weight: number, lastUsedAt: number]>;
  contentTypes: Map<string, ContentTypeCounts>;
  devices: Map<string, [count: number]>;
};

type ContentTypeCounts = [
  count: number,
  successes: number,
  failures: number,
  engagement: number,
  finished?: number,
];

const byName = <T extends unknown[]>(tallies: readonly [string, ...T][]): Map<string, T> =>
  new Map(tallies.map(([name, ...rest]) => [name, rest]));

const draftOf = (behaviour: Behaviour): Draft => ({
  ...behaviour,
  types: byName(behaviour.types),
  features: byName(behaviour.features),
  contentTypes: byName(behaviour.contentTypes),
  devices: byName(behaviour.devices),
  hours: [...behaviour.hours],
  sessionDays: [...behaviour.sessionDays],
  recent: [...behaviour.recent],
});

const tallied = <T extends unknown[]>(tallies: Map<string, T>): [string, ...T][] =>
  Array.from(tallies, ([name, rest]) => [name, ...rest]);

const behaviourOf = (draft: Draft): Behaviour => ({
  ...draft,
  types: keepByPriority(tallied(draft.types), LIMITS.types, isKnownType),
  features: keepByPriority<FeatureTally>(tallied(draft.features), LIMITS.features),
  contentTypes: keepByPriority<ContentTypeTally>(tallied(draft.contentTypes), LIMITS.contentTypes),
  devices: keepByPriority(tallied(draft.devices), LIMITS.devices),
  sessionDays: mergeSessionDays(draft.sessionDays),
  recent: mergeRecent(draft.recent),
  ...keepLearning(draft),
});

const countType = (draft: Draft, { type, value }: Interaction): void => {
  const [count, sum] = draft.types.get(type) ?? [0, 0];
  draft.types.set(type, [count + 1, sum + thousandths(value ?? 0)]);
};

const countFeature = (draft: Draft, { feature, occurredAt }: Interaction): void => {
  if (feature === undefined) return;
  const [count, weight, at] = draft.features.get(feature) ?? [0, 0, occurredAt];
  const decayed = addDecayed({ weight, at }, { weight: 1, at: occurredAt });
  draft.features.set(feature, [count + 1, decayed.weight, decayed.at]);
  draft.featureUses += 1;
};

const countContentType = (draft: Draft, interaction: Interaction, engagement: number): void => {
  const { contentType } = interaction;
  if (contentType === undefined) return;
  const [count, successes, failures, sum, before = 0] = draft.contentTypes.get(contentType) ?? [0, 0, 0, 0];
  const outcome = contentSuccess(interaction);
  const finished = before + (isFinish(interaction) ? 1 : 0);
  draft.contentTypes.set(contentType, [
    count + 1,
    successes + (outcome === 'success' ? 1 : 0),
    failures + (outcome === 'failure' ? 1 : 0),
    sum + thousandths(engagement),
    ...(finished === 0 ? ([] as const) : ([finished] as const)),
  ]);
};

const countDevice = (draft: Draft, { device }: Interaction): void => {
  if (device === undefined) return;
  draft.devices.set(device, [(draft.devices.get(device)?.[0] ?? 0) + 1]);
};

/** Week 0 begins on Thursday 1970-01-01 UTC. The window moves forward only: what is before it stays outside. */
const countWeek = ([newest, counts]: WeeklyCounts, occurredAt: number): WeeklyCounts => {
  const week = Math.floor(occurredAt / WEEK_MS);
  const top = Math.max(week, newest);
  const moved = counts.map((_, age) => counts[age - (top - newest)] ?? 0);
  const age = top - week;
  if (age < moved.length) moved[age] = (moved[age] ?? 0) + 1;
  return [top, moved];
};

const countTimes = (draft: Draft, { occurredAt }: Interaction): void => {
  draft.firstAt = Math.min(draft.firstAt ?? occurredAt, occurredAt);
  draft.lastAt = Math.max(draft.lastAt ?? occurredAt, occurredAt);
  const hour = Math.floor(occurredAt / HOUR_MS) % 24;
  draft.hours[hour] = (draft.hours[hour] ?? 0) + 1;
  draft.weeks = countWeek(draft.weeks, occurredAt);
};

const countEngagement = (draft: Draft, at: number, engagement: number): void => {
  const [sum, weight, landmark] = draft.engagement;
  const engaged = addDecayed({ weight: sum, at: landmark }, { weight: engagement, at });
  const counted = addDecayed({ weight, at: landmark }, { weight: 1, at });
  draft.engagement = [engaged.weight, counted.weight, counted.at];
};

const countMoney = (draft: Draft, interaction: Interaction): void => {
  const payments = countPayment(draft.payments, interaction, thousandths(interaction.value ?? 0));
  if (payments !== undefined) draft.payments = payments;
};

const countOpinion = ([count, sum]: Tally, opinion: number | undefined): Tally =>
  opinion === undefined ? [count, sum] : [count + 1, sum + thousandths(opinion)];

/** What says nothing (impressions, the borders of a session) would only dilute and push out what does. */
const countTelling = (draft: Draft, interaction: Interaction, engagement: number): void => {
  if (signalOf(interaction) === 0) return;
  countEngagement(draft, interaction.occurredAt, engagement);
  draft.recent.push(recentEntry(interaction));
};

const countSession = (draft: Draft, interaction: CountedInteraction): void => {
  if (interaction.firstOfSession) draft.sessions += 1;
  if (interaction.sessionId !== undefined)
    draft.sessionDays.push(sessionDay(interaction.sessionId, interaction.occurredAt));
};

const count = (draft: Draft, interaction: CountedInteraction): void => {
  const engagement = engagementOf(interaction);
  draft.interactions += 1;
  draft.completions += isCompletion(interaction) ? 1 : 0;
  countTimes(draft, interaction);
  countType(draft, interaction);
  countMoney(draft, interaction);
  countFeature(draft, interaction);
  countContentType(draft, interaction, engagement);
  countDevice(draft, interaction);
  countSession(draft, interaction);
  countTelling(draft, interaction, engagement);
  countResult(draft, interaction);
  draft.ratings = countOpinion(draft.ratings, interaction.rating);
  draft.sentiments = countOpinion(draft.sentiments, interaction.sentiment);
};

/**
 * Counts interactions into a behaviour; the behaviour given is not changed. The result depends only on the multiset of
 * interactions counted so far, not on their order or on how they were grouped (decayed weights up to 1e-12). No clock:
 * everything is relative to the interactions' own times. An interaction counted twice is counted twice: it is the
 * journal that counts each once, and marks the one by which its session is counted.
 */
export const foldInteractions = (behaviour: Behaviour, counted: readonly CountedInteraction[]): Behaviour => {
  const draft = draftOf(behaviour);
  for (const interaction of counted) count(draft, interaction);
  return behaviourOf(draft);
};
