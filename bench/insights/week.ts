import { marketIn } from '../../core/insights/facts/market-in.ts';
import { claimsIn } from '../../core/insights/generate/claims-in.ts';
import { handleTextRequest } from '../../core/insights/generate/handle-request.ts';
import { insightsSlot } from '../../core/insights/generate/text-slots.ts';
import { dashboard } from '../../core/insights/serve/dashboard.ts';
import { knownUser } from '../../core/insights/serve/insight-sheet.ts';
import { stillSo } from '../../core/insights/serve/still-so.ts';
import { textChoice } from '../../core/insights/serve/text-choice.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';
import { meterTotals, resetMeter } from '../../lambdas/runtime/meter.ts';
import { countTrips } from '../serving/round-trips.ts';
import { SHARED_READS } from '../serving/shared-reads.ts';
import { addUse, NO_USE, type TableUse } from '../units/table-use.ts';
import { type ChangedKinds, changedKinds } from './changed-kinds.ts';
import { type CountedCache, calmKey, countedCache, exactKey } from './hash-caches.ts';
import type { Person } from './people.ts';
import { type Session, sessionsOf } from './sessions.ts';
import { newTrend, type TextsWorld, trackSession } from './world.ts';

const DAY_MS = 86_400_000;
/** The worker is done this long after the request, by the simulated clock. */
const WORKED_MS = 5_000;
/** Of a text, as `insightTtlHours` is by default. */
const TTL_MS = DAY_MS;

/** Who wrote the texts of so many dashboards, and why rules did. */
export type Served = { model: number; rules: number; readonly reasons: Map<string, number> };

type KeptTexts = { texts: number; claims: number; stillSo: number };

export type WeekFigures = {
  readonly dashboards: number;
  readonly served: Served;
  readonly interactions: number;
  readonly dashboardUse: TableUse;
  readonly dashboardRounds: number;
  readonly requests: number;
  readonly requestUse: TableUse;
  /** Texts that other rules about when a text is still good would have had written, and how often they would have had one. */
  readonly caches: Readonly<Record<'exact' | 'calm' | 'quantised' | 'day', CountedCache>>;
  readonly changes: ChangedKinds;
  /** Texts that were there and shown, and those that were passed over; of both the claims, and those that were still so. */
  readonly passed: KeptTexts;
  readonly kept: KeptTexts;
};

const ownUse = (): TableUse =>
  Object.entries(meterTotals())
    .filter(([operation]) => !SHARED_READS.has(operation))
    .reduce(
      (sum, [, { calls, readUnits, writeUnits }]) =>
        addUse(sum, { roundTrips: calls, readUnits, writeUnits }),
      NO_USE,
    );

/** Counts what one piece of work uses of the table. */
const metered = async <T>(work: () => Promise<T>) => {
  resetMeter();
  let answer: T | undefined;
  const { rounds } = await countTrips(async () => {
    answer = await work();
  });
  return { answer: answer as T, use: ownUse(), rounds };
};

const compare = async (
  { dashboardPorts, now }: TextsWorld,
  { userId, domain }: Person,
  { caches, changes, passed, kept }: Pick<WeekFigures, 'caches' | 'changes' | 'passed' | 'kept'>,
): Promise<void> => {
  const [shared, models, loaded, text] = await Promise.all([
    dashboardPorts.shared(),
    dashboardPorts.userModels(),
    dashboardPorts.users.load(userId, { parts: 'head', now }),
    dashboardPorts.texts.get(userId, insightsSlot(domain), now),
  ]);
  const known = knownUser(loaded, { userId, domain, marketOf: marketIn(shared), models, now });
  const { sheet } = known;
  if (text?.state === 'written') {
    const { by } = textChoice({ known, hash: sheet.hash, state: text, writes: true, now });
    const counted = by === 'model' ? kept : passed;
    const isSo = stillSo(text, sheet);
    const claims = claimsIn(text.answer);
    counted.texts += 1;
    counted.claims += claims.length;
    counted.stillSo += claims.filter(({ facts }) => isSo(facts)).length;
  }
  caches.exact.open(userId, exactKey(sheet), now);
  caches.calm.open(userId, calmKey(sheet), now);
  caches.quantised.open(userId, sheet.hash, now);
  caches.day.open(userId, '', now);
  changes.look(userId, sheet);
};

type Week = { -readonly [K in keyof WeekFigures]: WeekFigures[K] };

const workOff = async (world: TextsWorld, week: Week): Promise<void> => {
  for (const request of world.waiting.splice(0)) {
    world.now += WORKED_MS;
    const { now } = world;
    const { use } = await metered(() =>
      handleTextRequest(world.requestPorts, request, { now, deadline: now + 60_000 }),
    );
    week.requests += 1;
    week.requestUse = addUse(week.requestUse, use);
  }
};

const open = async (world: TextsWorld, { person, at }: Session, week: Week): Promise<void> => {
  const { userId, domain } = person;
  const { newId } = world;
  const { answer, use, rounds } = await metered(() =>
    dashboard(world.dashboardPorts, { userId, domain, now: at, newId }),
  );
  week.dashboards += 1;
  week.dashboardUse = addUse(week.dashboardUse, use);
  week.dashboardRounds += rounds;
  week.served[answer.writtenBy] += 1;
  if (answer.writtenBy === 'rules') {
    const { reasons } = week.served;
    reasons.set(answer.reason, (reasons.get(answer.reason) ?? 0) + 1);
  }
};

/** Seven days from `start` (ms since the epoch): everybody opens the dashboard and does something afterwards. */
export const runWeek = async (
  world: TextsWorld,
  everybody: readonly Person[],
  { start, seed, days }: { readonly start: number; readonly seed: number; readonly days: number },
): Promise<WeekFigures> => {
  const random = seededRandom(seed);
  const week: Week = {
    dashboards: 0,
    served: { model: 0, rules: 0, reasons: new Map() },
    interactions: 0,
    dashboardUse: NO_USE,
    dashboardRounds: 0,
    requests: 0,
    requestUse: NO_USE,
    caches: {
      exact: countedCache(TTL_MS),
      calm: countedCache(TTL_MS),
      quantised: countedCache(TTL_MS),
      day: countedCache(TTL_MS),
    },
    changes: changedKinds(),
    passed: { texts: 0, claims: 0, stillSo: 0 },
    kept: { texts: 0, claims: 0, stillSo: 0 },
  };
  for (let day = 0; day < days; day += 1) {
    const midnight = start + day * DAY_MS;
    await newTrend(midnight, random);
    for (const session of sessionsOf(everybody, midnight, random, world.newId)) {
      world.now = session.at;
      await compare(world, session.person, week);
      await open(world, session, week);
      await workOff(world, week);
      await trackSession(session);
      week.interactions += session.interactions.length;
    }
  }
  return week;
};
