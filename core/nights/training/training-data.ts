import { addRow, type InteractionLog, makeInteractionLog } from '../../learn/data/interaction-log.ts';
import { engagementTally } from '../../learn/rankings/engagement.ts';
import type { RankedItem } from '../../learn/types.ts';
import { textHash } from '../../numbers/text-hash.ts';
import type { ExportPart } from '../formats.ts';
import type { NightPorts } from '../ports.ts';
import { readInteractions, readUsers } from './read-shards.ts';

/** What training reads of an export. */
export type TrainingData = {
  log: InteractionLog;
  engagement: RankedItem[];
  /** Rows in the log. */
  rows: number;
  /** Lines that were no rows. */
  unreadable: number;
  /** Share of the users that were read, where the export does not fit. */
  userShare: number;
  /** Time of the newest row, ms; null without rows. */
  lastAt: number | null;
};

const HASHES = 2 ** 32;

type Source = { runId: string; parts: readonly ExportPart[] };

/**
 * Streams the training rows into typed columns. Where there are more than `most`, a share of the users is read, chosen by
 * their pseudonyms, so that each of them is read whole.
 */
export const readTrainingData = async (
  ports: NightPorts,
  source: Source,
  most: number,
): Promise<TrainingData> => {
  const interactions = source.parts.reduce((sum, part) => sum + part.interactions, 0);
  const userShare = Math.min(1, most / Math.max(1, interactions));
  const log = makeInteractionLog();
  const engagement = engagementTally();
  let lastAt: number | null = null;
  const unreadable = await readInteractions(ports, source, ({ u, i, w, t, e }) => {
    if (typeof u !== 'string' || typeof i !== 'string' || typeof w !== 'number' || typeof t !== 'number')
      return false;
    if (userShare < 1 && (textHash(u) >>> 0) / HASHES >= userShare) return true;
    if (!addRow(log, { user: u, item: i, weight: w, at: t })) return false;
    if (typeof e === 'number' && e >= 0) engagement.add(i, e);
    lastAt = Math.max(lastAt ?? t, t);
    return true;
  });
  return { log, rows: log.columns.size, engagement: engagement.ranked(), unreadable, userShare, lastAt };
};

/** Named segments and groups of the audit, by pseudonym. */
export type UserLabels = { segments: ReadonlyMap<string, string>; groups: ReadonlyMap<string, string> };

/** Groups beyond these, the most frequent, are audited together. */
const MOST_GROUPS = 20;
const OTHERS = '(others)';

const withFewGroups = (groups: Map<string, string>): ReadonlyMap<string, string> => {
  const sizes = new Map<string, number>();
  for (const group of groups.values()) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  if (sizes.size <= MOST_GROUPS) return groups;
  const kept = new Set(
    [...sizes]
      .sort((a, b) => b[1] - a[1])
      .slice(0, MOST_GROUPS)
      .map(([group]) => group),
  );
  return new Map([...groups].map(([user, group]) => [user, kept.has(group) ? group : OTHERS]));
};

/** Reads what is known of users beside their interactions. */
export const readUserLabels = async (ports: NightPorts, source: Source): Promise<UserLabels> => {
  const segments = new Map<string, string>();
  const groups = new Map<string, string>();
  /** One text per name, however many users it has. */
  const names = new Map<string, string>();
  const name = (text: string): string => {
    if (!names.has(text)) names.set(text, text);
    return names.get(text)!;
  };
  await readUsers(ports, source, ({ u, segment, group }) => {
    if (typeof u !== 'string') return false;
    if (typeof segment === 'string') segments.set(u, name(segment));
    if (typeof group === 'string') groups.set(u, name(group));
    return true;
  });
  return { segments, groups: withFewGroups(groups) };
};
