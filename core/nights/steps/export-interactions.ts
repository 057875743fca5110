import type { StoredUser } from '../../journal/ports.ts';
import { storedInteractions } from '../../journal/stored-interactions.ts';
import { userRow } from '../../learn/users/training-row.ts';
import { allowsTraining } from '../../privacy/consent.ts';
import { emptyBehaviour } from '../../profile/behaviour.ts';
import { foldInteractions } from '../../profile/fold/fold-interactions.ts';
import { engagementOf, signalOf } from '../../profile/fold/signals.ts';
import { newProfile, type StoredProfile } from '../../profile/stored-profile.ts';
import type { CountedInteraction } from '../../profile/types.ts';
import { dominantSegment } from '../../segments/segments-of.ts';
import { ACTIVE_DAYS, DAY_MS } from '../active-users.ts';
import type { ActiveUser, ExportPart, ExportRow, ExportUser } from '../formats.ts';
import { keys } from '../keys.ts';
import type { NightPorts, NightSettings, NightStep, RowWriter } from '../ports.ts';

const REPORT_EVERY = 5_000;
/** Values of the audited attribute are names of groups; a longer text would be free text, which training data must not hold. */
const LONGEST_GROUP = 40;

const thousandths = (value: number): number => Math.round(value * 1000) / 1000;

/** A training row, or why the interaction is none. */
const rowOf = (user: string, interaction: CountedInteraction): ExportRow | keyof ExportPart['skipped'] => {
  const strength = signalOf(interaction);
  if (!interaction.contentId) return 'withoutContent';
  if (!(strength > 0)) return 'withoutSignal';
  return {
    u: user,
    i: interaction.contentId,
    w: thousandths(strength),
    t: interaction.occurredAt,
    e: thousandths(engagementOf(interaction)),
  };
};

/** The user's group in the audit: the attribute's value where it is a short word, a number or a truth value. */
const groupOf = ({ attributes }: StoredProfile, attribute: string | undefined): string | undefined => {
  const value = attribute === undefined ? undefined : attributes[attribute];
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.length <= LONGEST_GROUP && !value.includes('@')
    ? value
    : undefined;
};

type Exported = { interactions: readonly CountedInteraction[]; lastAt: number };

const countedOf = (user: StoredUser): Exported => {
  const interactions = storedInteractions(user);
  return {
    interactions,
    lastAt: interactions.reduce((last, { occurredAt }) => Math.max(last, occurredAt), user.state.newestAt),
  };
};

/** Whoever answers the questionnaire is there, whatever else they do: their homepage is made of it. */
const lastSeenOf = ({ profile }: StoredUser, { lastAt }: Exported): number =>
  Math.max(lastAt, profile?.questionnaire?.answeredAt ?? 0);

const userLine = (
  user: StoredUser,
  { interactions, lastAt }: Exported,
  { pseudonym, now, settings }: { pseudonym: string; now: number; settings: NightSettings },
): ExportUser => {
  const behaviour = user.state.behaviour ?? foldInteractions(emptyBehaviour(), interactions);
  const profile = user.profile ?? newProfile(user.userId, now);
  const segment = dominantSegment(profile, behaviour, now);
  const group = groupOf(profile, settings.auditAttribute);
  const learned = userRow(
    { behaviour, interactions },
    { now, horizonMs: settings.churnHorizonDays * DAY_MS },
  );
  return {
    u: pseudonym,
    t: lastAt,
    n: behaviour.interactions,
    ...(segment && { segment }),
    ...(group !== undefined && { group }),
    ...learned,
  };
};

type Shard = {
  readonly part: ExportPart;
  readonly items: Set<string>;
  readonly rows: RowWriter;
  readonly users: RowWriter;
  readonly active: RowWriter;
};

const openShard = ({ objects }: NightPorts, { runId, shard }: NightStep): Shard => ({
  part: {
    shard,
    interactions: 0,
    users: 0,
    items: 0,
    bytes: 0,
    firstAt: null,
    lastAt: null,
    leftOut: { consent: 0 },
    skipped: { withoutContent: 0, withoutSignal: 0 },
  },
  items: new Set(),
  rows: objects.openGzipJsonLines(keys.interactions(runId, shard)),
  users: objects.openGzipJsonLines(keys.users(runId, shard)),
  active: objects.openGzipJsonLines(keys.active(runId, shard)),
});

const writeRows = async (
  { part, items, rows }: Shard,
  pseudonym: string,
  interactions: readonly CountedInteraction[],
): Promise<void> => {
  for (const interaction of interactions) {
    const row = rowOf(pseudonym, interaction);
    if (typeof row === 'string') {
      part.skipped[row] += 1;
      continue;
    }
    items.add(row.i);
    part.firstAt = Math.min(part.firstAt ?? row.t, row.t);
    part.lastAt = Math.max(part.lastAt ?? row.t, row.t);
    await rows.write(row);
  }
};

const closeShard = async (
  { objects }: NightPorts,
  runId: string,
  { part, items, rows, users, active }: Shard,
): Promise<ExportPart> => {
  const [written, listed, awake] = [await rows.close(), await users.close(), await active.close()];
  const whole: ExportPart = {
    ...part,
    interactions: written.rows,
    users: listed.rows,
    items: items.size,
    bytes: written.bytes + listed.bytes + awake.bytes,
  };
  await objects.putJson(keys.part(runId, part.shard), whole);
  return whole;
};

/**
 * Step `export`: one part of the table becomes a shard of training rows, a shard of user rows and a list of active users.
 * Only contents with a positive signal are rows; each interaction is exported once, however often it was delivered.
 * Users go by pseudonym and those without consent are left out; only the list of active users, which is not training
 * data, names them. One user is in memory at a time.
 */
export const exportInteractions = async (ports: NightPorts, step: NightStep): Promise<ExportPart> => {
  const { settings } = ports;
  const pseudonymOf = await ports.pseudonyms();
  const shard = openShard(ports, step);
  let seen = 0;
  for await (const user of ports.activity.scanUsers(step.shard, step.shards)) {
    seen += 1;
    if (seen % REPORT_EVERY === 0) ports.progress('export', { shard: step.shard, users: seen });
    if (!allowsTraining(user.profile)) {
      shard.part.leftOut.consent += 1;
      continue;
    }
    const counted = countedOf(user);
    const active: ActiveUser = { u: user.userId, t: lastSeenOf(user, counted) };
    if (active.t >= step.now - ACTIVE_DAYS * DAY_MS) await shard.active.write(active);
    if (counted.lastAt === 0) continue;
    const pseudonym = pseudonymOf(user.userId);
    await writeRows(shard, pseudonym, counted.interactions);
    await shard.users.write(userLine(user, counted, { pseudonym, now: step.now, settings }));
  }
  const part = await closeShard(ports, step.runId, shard);
  const { interactions, users, bytes, leftOut } = part;
  ports.progress('exported', {
    shard: step.shard,
    interactions,
    users,
    bytes,
    withoutConsent: leftOut.consent,
  });
  return part;
};
