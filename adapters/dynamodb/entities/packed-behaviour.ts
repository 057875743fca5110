import type { Behaviour, RecentEntry, SessionDay, SkillTally } from '../../../core/profile/behaviour.ts';
import { BEHAVIOUR_DICTIONARY } from '../dictionaries.ts';
import { packJson, unpackJson } from '../packed-json.ts';

/** Times of a list as distances to the time before, the first one to `from`: short numbers instead of 13 digits. */
const distances = (times: readonly number[], from: number): number[] =>
  times.map((time, index) => (times[index - 1] ?? from) - time);

const times = (distancesTo: readonly number[], from: number): number[] => {
  let time = from;
  return distancesTo.map((distance) => {
    time -= distance;
    return time;
  });
};

type Change = (times: readonly number[], from: number) => number[];

const skillsWithTimes = (skills: readonly SkillTally[], change: Change, last: number): SkillTally[] => {
  const at = change(
    skills.map(([, , , , , , time]) => time),
    last,
  );
  return skills.map(([topic, results, scores, passes, weight, score], index) => [
    topic,
    results,
    scores,
    passes,
    weight,
    score,
    at[index] ?? 0,
  ]);
};

/** The same behaviour with every time but the first and the last changed; whole numbers, so that nothing is lost. */
const withTimes = (behaviour: Behaviour, change: Change): Behaviour => {
  const last = behaviour.lastAt ?? 0;
  const days = change(
    behaviour.sessionDays.map(([, start]) => start),
    Math.floor(last / 1000),
  );
  const recent = change(
    behaviour.recent.map(([at]) => at),
    last,
  );
  const used = change(
    behaviour.features.map(([, , , at]) => at),
    last,
  );
  const [sum, weight, landmark] = behaviour.engagement;
  return {
    ...behaviour,
    features: behaviour.features.map(([name, count, uses], index) => [name, count, uses, used[index] ?? 0]),
    sessionDays: behaviour.sessionDays.map(
      ([session, , length], index): SessionDay => [session, days[index] ?? 0, length],
    ),
    engagement: [sum, weight, change([landmark], last)[0] ?? 0],
    ...(behaviour.skills && { skills: skillsWithTimes(behaviour.skills, change, last) }),
    recent: behaviour.recent.map(([, ...rest], index): RecentEntry => [recent[index] ?? 0, ...rest]),
  };
};

/** A behaviour as bytes: it is rewritten with every interaction, and must stay within one write unit (1 KB). */
export const packBehaviour = (behaviour: Behaviour): Uint8Array =>
  packJson(withTimes(behaviour, distances), BEHAVIOUR_DICTIONARY);

/** The inverse of `packBehaviour`. */
export const unpackBehaviour = (bytes: unknown): Behaviour =>
  withTimes(unpackJson<Behaviour>(bytes, BEHAVIOUR_DICTIONARY), times);
