import type { Domain } from '../../domains/types.ts';
import type { Goal } from '../../goals/goal.ts';
import { type GoalProgress, goalProgress } from '../../goals/goal-progress.ts';
import { draft, type FactDraft } from './draft.ts';
import { type KnownToFacts, zoneOf } from './known.ts';
import { calendarDay, cleaned, isoDay, metricName, metricWords, percentOf, plural, spoken } from './words.ts';

const GOALS = 5;

/** Which goals are told first: those that need something done. */
const ORDER = ['overdue', 'behind', 'on track', 'ahead', 'open', 'done'];

const DATE = /^\d{4}-\d{2}-\d{2}$/;

type Due = { readonly due: string; readonly daysLeft: number };

/** The date and the days of the calendar until then, 0 from that day on. A time of day falls on its date in the user's zone. */
const dueOf = ({ due }: Goal, timezone: string, now: number): Due | undefined => {
  const at = Date.parse(due ?? '');
  if (due === undefined || Number.isNaN(at)) return undefined;
  const day = DATE.test(due) ? Math.floor(at / 86_400_000) : calendarDay(at, timezone);
  return { due: isoDay(day), daysLeft: Math.max(0, day - calendarDay(now, timezone)) };
};

type Measure = {
  readonly current: number;
  readonly target: number;
  readonly percent: number;
  readonly left: number;
};

/** Numbers as they are shown: whole, but for small sums that are not. */
const shown = (value: number): number =>
  Math.abs(value) < 100 ? Math.round(10 * value) / 10 : Math.round(value);

/** The numbers of a goal that has a metric and a target. */
const measureOf = ({ current, target, ratio }: GoalProgress): Measure | undefined => {
  if (current === undefined || target === undefined) return undefined;
  const [done, wanted] = [shown(current), shown(target)];
  return {
    current: done,
    target: wanted,
    percent: percentOf(ratio ?? 0),
    left: shown(Math.max(0, wanted - done)),
  };
};

/** What is counted, in the words of the product or by its name. */
const unitOf = (metric: string, target: number | undefined, domain: Domain): string => {
  const words = metricWords(domain, metric);
  if (!words) return cleaned(spoken(metric));
  return cleaned(target === 1 ? words.one : words.many);
};

type Parts = {
  readonly unit: string | undefined;
  readonly measure: Measure | undefined;
  readonly due: Due | undefined;
  readonly pace: string;
};

const measureSays = ({ unit, measure }: Parts): string[] => {
  if (!measure) return [unit ? `counts ${unit}, without a target` : 'not measured'];
  const { current, target, percent, left } = measure;
  return [`${current} of ${target} ${unit} (${percent} %)`, `${left} to go`];
};

const saysOf = (title: string, parts: Parts): string => {
  const { due, pace } = parts;
  const told = [
    ...measureSays(parts),
    ...(due ? [`due on ${due.due}`] : []),
    ...(due && due.daysLeft > 0 ? [`${plural(due.daysLeft, 'day')} left`] : []),
    ...(pace === 'open' ? [] : [pace]),
  ];
  return `Goal "${title}": ${told.join(', ')}`;
};

const factOf = (
  goal: Goal,
  { behaviour, profile, now }: KnownToFacts,
  domain: Domain,
): FactDraft | undefined => {
  const [title, metric] = [cleaned(goal.title), cleaned(goal.metric ?? '')];
  if (title === '') return undefined;
  const progress = goalProgress(goal, behaviour, now);
  const [measure, due] = [measureOf(progress), dueOf(goal, zoneOf(profile), now)];
  const unit = metric === '' ? undefined : unitOf(metric, measure?.target, domain);
  const pace = progress.pace ?? 'open';
  return draft('goal', saysOf(title, { unit, measure, due, pace }), {
    names: { title, ...(unit !== undefined && { metric: metricName(domain, metric), unit }) },
    words: { term: goal.term, pace, measured: measure ? 'yes' : 'no' },
    numbers: { ...measure, ...(due && { daysLeft: due.daysLeft }) },
    dates: due ? { due: due.due } : {},
  });
};

const urgency = ({ words, numbers }: FactDraft): [number, number] => [
  ORDER.indexOf(words.pace ?? 'open'),
  numbers.daysLeft ?? Number.POSITIVE_INFINITY,
];

const byUrgency = (a: FactDraft, b: FactDraft): number => {
  const [[paceA, daysA], [paceB, daysB]] = [urgency(a), urgency(b)];
  return paceA - paceB || (daysA === daysB ? 0 : daysA - daysB);
};

/** Five goals: overdue, behind, on track, ahead, without a date, done; of each those first that are due first. */
export const goalFacts = (known: KnownToFacts, domain: Domain): FactDraft[] =>
  known.profile.goals
    .map((goal) => factOf(goal, known, domain))
    .filter((fact) => fact !== undefined)
    .sort(byUrgency)
    .slice(0, GOALS);
