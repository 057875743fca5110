import { bedrockClient } from '../../adapters/bedrock/client.ts';
import { textWriter } from '../../adapters/bedrock/text-writer.ts';
import { setGoals } from '../../core/goals/set-goals.ts';
import type { RequestPorts } from '../../core/insights/generate/handle-request.ts';
import type { TextEvents, TextRequest } from '../../core/insights/ports.ts';
import type { DashboardPorts } from '../../core/insights/serve/ports.ts';
import { changeProfile } from '../../core/profile/change/manage-profile.ts';
import { trackInteractions } from '../../core/tracking/track-interactions.ts';
import { loadDomain } from '../../lambdas/runtime/kept/domains.ts';
import { freshSharedData } from '../../lambdas/runtime/kept/shared-data.ts';
import { pause } from '../../lambdas/runtime/pause.ts';
import { dashboards } from '../../lambdas/runtime/ports/insight-ports.ts';
import {
  budgets,
  catalog,
  journal,
  models,
  profilePorts,
  texts,
  updates,
  users,
} from '../../lambdas/runtime/ports/table-ports.ts';
import { type FakeBedrock, startFakeBedrock } from '../../local/bedrock/fake-bedrock.ts';
import { itemsOf } from './catalogues.ts';
import { DOMAINS, type Person, pick, type Random } from './people.ts';
import type { Session } from './sessions.ts';

const RETENTION_MS = 400 * 86_400_000;
const HOUR_MS = 3_600_000;
const TRENDING = 12;

/** What is counted of generated texts. */
export type TextCounts = {
  readonly outcomes: Map<string, number>;
  input: number;
  output: number;
};

/** The engine's own stores on the embedded table, a clock that is set, a queue in memory and the fake of Bedrock. */
export type TextsWorld = {
  readonly dashboardPorts: DashboardPorts;
  readonly requestPorts: RequestPorts;
  readonly counts: TextCounts;
  readonly newId: () => string;
  /** ms since the epoch */
  now: number;
  /** Requests that wait for the worker. */
  readonly waiting: TextRequest[];
  close(): Promise<void>;
};

const counting = (counts: TextCounts): TextEvents => ({
  generated: (_purpose, outcome, { input, output }) => {
    counts.outcomes.set(outcome, (counts.outcomes.get(outcome) ?? 0) + 1);
    counts.input += input;
    counts.output += output;
  },
  served: () => undefined,
  lost: (what, error) => {
    throw new Error(what, { cause: error });
  },
});

/** `ttlHours` and the tokens of a user's day as they are by default; the stack's budget does not bound a bench. */
const LIMITS = { ttlMs: 24 * HOUR_MS, budgets: { userTokens: 20_000, stackTokens: 1e12 } };

const portsOf = (fake: FakeBedrock, newId: () => string): Omit<TextsWorld, 'close'> => {
  const counts: TextCounts = { outcomes: new Map(), input: 0, output: 0 };
  const waiting: TextRequest[] = [];
  const events = counting(counts);
  const client = bedrockClient({ endpoint: fake.url, region: 'us-east-1' });
  const writer = textWriter({ client, model: 'amazon.nova-micro-v1:0' });
  const shared = { now: 0, waiting, counts, newId };
  const clock = () => world.now;
  const dashboardPorts: DashboardPorts = {
    ...dashboards(),
    writes: true,
    events,
    queue: { send: async (request) => void waiting.push(request) },
  };
  const requestPorts: RequestPorts = {
    users: users(),
    journal: journal(),
    shared: dashboardPorts.shared,
    userModels: dashboardPorts.userModels,
    domain: loadDomain,
    texts: texts(),
    updates: updates(),
    newId,
    writing: {
      writer,
      budgets: budgets(),
      limits: LIMITS.budgets,
      ttlMs: LIMITS.ttlMs,
      clock,
      events,
    },
  };
  const world = { ...shared, dashboardPorts, requestPorts };
  return world;
};

/** What rises today: other items every day, as they do. */
export const newTrend = async (now: number, random: Random): Promise<void> => {
  const items = DOMAINS.flatMap((name) => itemsOf(name));
  const rising = Array.from({ length: TRENDING }, () => pick(random, items).itemId);
  const ranked = [...new Set(rising)].map((itemId, index) => ({ itemId, score: 1 - index / 50, count: 5 }));
  await models().putRanking('trending', { generatedAt: now, items: ranked });
  await freshSharedData();
};

/** Goals, focus and zone, as the application would set them. */
export const introduce = async (person: Person, now: number): Promise<void> => {
  const { userId, goals, marketFocus, timezone } = person;
  await changeProfile(profilePorts(), {
    userId,
    now,
    change: (profile, behaviour) => ({
      ...profile,
      timezone,
      marketFocus: [...marketFocus],
      goals: setGoals({ shortTerm: goals, longTerm: [] }, { existing: [], behaviour, now }),
    }),
  });
};

export const trackSession = async ({ person: { userId }, interactions }: Session): Promise<void> => {
  const now = interactions.at(-1)?.occurredAt ?? 0;
  // Interactions alone: what else follows from them is not the matter here.
  const ports = { users: users(), journal: journal(), pause };
  await trackInteractions(ports, {
    userId,
    interactions,
    now,
    retentionMs: RETENTION_MS,
    marked: true,
  });
};

/** Fills the catalogues of the five products. The table is there, and the environment points at it. */
export const textsWorld = async (newId: () => string, seed: number): Promise<TextsWorld> => {
  for (const name of DOMAINS) await catalog().bulkPut(itemsOf(name));
  await catalog().bump([...new Set(DOMAINS.flatMap(itemsOf).map(({ type }) => type))]);
  const fake = await startFakeBedrock({ seed, latencyMs: 0 });
  return Object.assign(portsOf(fake, newId), { close: fake.close });
};
