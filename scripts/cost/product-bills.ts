import { addBills, type Bill, tableBill, times } from './bill.ts';
import type { CallUse } from './handlers.ts';
import { answered } from './operations.ts';
import { prices } from './prices.ts';
import { MODULES, type ProductsMeasured } from './products.ts';

/** How often users of a product ask for what it alone has, per user and day. */
export const DAILY = {
  learning: { pathsNew: 0.02, paths: 2, steps: 3, achievements: 1, unlocked: 0.03 },
  video: { generations: 2, templates: 2, settings: 5, settingsNew: 1, metrics: 0.2 },
  film: { homepages: 3, homepagesNew: 0.3 },
} as const;

/** Bills of one of each. */
export const productBills = (measured: ProductsMeasured) => ({
  firstOfDay: answered(measured.firstOfDay, 'trackInteraction'),
  unlocking: addBills(answered(measured.unlocking, 'trackInteraction'), {
    EventBridge: prices.eventBridge.event,
  }),
  achievements: answered(measured.achievements, 'getAchievements'),
  claim: answered(measured.claim, 'claimAchievement'),
  pathNew: answered(measured.pathNew, 'createLearningPath'),
  path: answered(measured.path, 'getLearningPath'),
  progress: answered(measured.progress, 'putProgress'),
  parameters: answered(measured.parameters, 'decideGenerationParams'),
  outcome: answered(measured.outcome, 'recordVideoGeneration'),
  templates: answered(measured.templates, 'getTemplateRecommendations'),
  settingsNew: answered(measured.settingsNew, 'decideUiSettings'),
  settingsAgain: answered(measured.settingsAgain, 'decideUiSettings'),
  metrics: answered(measured.metrics, 'getUserMetrics'),
  homepageNew: answered(measured.homepageNew, 'getHomepage'),
  homepageKept: answered(measured.homepageKept, 'getHomepage'),
});

/** What the first interaction of a user's day costs beside another one: the day is noted among the days of the streak. */
export const dayBill = ({ firstOfDay }: ProductsMeasured, single: CallUse): Bill =>
  tableBill({
    roundTrips: 0,
    readUnits: Math.max(0, firstOfDay.table.readUnits - single.table.readUnits),
    writeUnits: Math.max(0, firstOfDay.table.writeUnits - single.table.writeUnits),
  });

/** A month of what each product has alone, beside tracking, recommendations and configs. */
export const productMonths = (
  measured: ProductsMeasured,
  { users, days }: { readonly users: number; readonly days: number },
): Readonly<Record<keyof typeof DAILY, Bill>> => {
  const bills = productBills(measured);
  const month = (...parts: readonly Bill[]) => times(users * days, addBills(...parts));
  const { learning, video, film } = DAILY;
  const nightsPage = tableBill({ roundTrips: 0, readUnits: 0, writeUnits: measured.pageUnits });
  return {
    learning: month(
      times(learning.pathsNew, bills.pathNew),
      times(learning.paths, bills.path),
      times(learning.steps, bills.progress),
      times(learning.achievements, bills.achievements),
      times(learning.unlocked, addBills(bills.unlocking, bills.claim)),
    ),
    video: month(
      times(video.generations, addBills(bills.parameters, bills.outcome)),
      times(video.templates, bills.templates),
      times(video.settingsNew, bills.settingsNew),
      times(video.settings - video.settingsNew, bills.settingsAgain),
      times(video.metrics, bills.metrics),
    ),
    film: month(
      times(film.homepagesNew, bills.homepageNew),
      times(film.homepages - film.homepagesNew, bills.homepageKept),
      nightsPage,
    ),
  };
};

export const productAssumptions = (): string[] => {
  const { learning, video, film } = DAILY;
  return [
    `learning, per user and day: ${learning.pathsNew} new paths of ${MODULES} modules, ${learning.paths} looks at one, ${learning.steps} steps, ${learning.achievements} look at the achievements, ${learning.unlocked} unlocked and claimed`,
    `video: ${video.generations} generations with their outcomes, ${video.templates} lists of templates, ${video.settings} settings of the interface (${video.settingsNew} of them new), ${video.metrics} looks at metrics`,
    `film: ${film.homepages} homepages, of which ${film.homepagesNew} are made when they are asked for; the night makes a page for everybody`,
  ];
};
