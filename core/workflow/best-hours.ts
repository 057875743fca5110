import { rounded } from '../profile/view/curves.ts';
import { hourIn } from './local-hour.ts';

/** An action and how it went: `engagement` 0-1, `completed` where something was finished. */
export type Outcome = { readonly at: number; readonly engagement: number; readonly completed: boolean };

/** An hour of the day (0-23, the user's time zone) in which the user gets more done than at other hours. */
export type BestHour = {
  hour: number;
  actions: number;
  completed: number;
  /** Mean, 0-1. */
  engagement: number;
  /** 0-1: how well an action of this hour goes, shrunk towards the user's mean. */
  score: number;
  reason: string;
};

/** The user's own mean weighs as much as so many actions of an hour. */
const PRIOR = 8;
const FEWEST = 3;
const SHOWN = 3;
/** Points of engagement from which an hour is said to go better than others. */
const NOTABLE_POINTS = 5;

/** How well an action went: 1 where something was finished, else the engagement. */
const qualityOf = ({ engagement, completed }: Outcome): number => (completed ? 1 : engagement);

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

const percent = (share: number): number => Math.round(100 * share);
const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

type Done = { readonly count: number; readonly completed: number; readonly all: number };

const activityOf = ({ count, completed, all }: Done): string =>
  completed > 0
    ? `${completed} of ${count} actions finished something`
    : `${count} of ${counted(all, 'action')}`;

/** What was done in the hour; how engaged only where that differs from other hours by enough to tell. */
const reasonOf = (done: Done, quality: number, usual: number): string => {
  const isNotable = percent(quality) - percent(usual) >= NOTABLE_POINTS;
  if (!isNotable) return activityOf(done);
  const engaged = `${percent(quality)} % engaged against ${percent(usual)} % at all hours`;
  return done.completed > 0 ? `${activityOf(done)}, ${engaged}` : engaged;
};

/** Of all outcomes: their mean quality and how many there are. */
type Usual = { readonly quality: number; readonly all: number };

const hourOf = (hour: number, outcomes: readonly Outcome[], usual: Usual): BestHour => {
  const [count, quality] = [outcomes.length, meanOf(outcomes.map(qualityOf))];
  const completed = outcomes.filter((outcome) => outcome.completed).length;
  return {
    hour,
    actions: count,
    completed,
    engagement: rounded(meanOf(outcomes.map(({ engagement }) => engagement)), 4),
    score: rounded((count * quality + PRIOR * usual.quality) / (count + PRIOR), 4),
    reason: `From ${clock(hour)} to ${clock((hour + 1) % 24)}, ${reasonOf({ count, completed, all: usual.all }, quality, usual.quality)}`,
  };
};

/**
 * The hours in which actions go best, not those with most of them: mean quality shrunk towards the user's own mean,
 * (n * mean + 8 * usual) / (n + 8). Only hours of three actions at least that are above the usual; three at most.
 * A user who is there in one hour only has no better one: the list is empty then.
 */
export const bestHours = (outcomes: readonly Outcome[], timezone: string): BestHour[] => {
  const hourAt = hourIn(timezone);
  const byHour = new Map<number, Outcome[]>();
  for (const outcome of outcomes) {
    const hour = hourAt(outcome.at);
    byHour.set(hour, [...(byHour.get(hour) ?? []), outcome]);
  }
  const usual = { quality: meanOf(outcomes.map(qualityOf)), all: outcomes.length };
  return [...byHour]
    .filter(([, some]) => some.length >= FEWEST && meanOf(some.map(qualityOf)) > usual.quality)
    .map(([hour, some]) => hourOf(hour, some, usual))
    .sort((a, b) => b.score - a.score || b.actions - a.actions || a.hour - b.hour)
    .slice(0, SHOWN);
};
