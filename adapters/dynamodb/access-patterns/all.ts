import type { Description } from './access-pattern.ts';
import * as achievements from './achievements.ts';
import * as activity from './activity.ts';
import * as analytics from './analytics.ts';
import * as assignments from './assignments.ts';
import * as catalog from './catalog.ts';
import * as catalogSnapshot from './catalog-snapshot.ts';
import * as decision from './decision.ts';
import * as definition from './definition.ts';
import * as evaluation from './evaluation.ts';
import * as generations from './generations.ts';
import * as homepages from './homepages.ts';
import * as idempotency from './idempotency.ts';
import * as insightBudget from './insight-budget.ts';
import * as insightText from './insight-text.ts';
import * as journal from './journal.ts';
import * as learning from './learning.ts';
import * as model from './model.ts';
import * as modelRegistry from './model-registry.ts';
import * as offers from './offers.ts';
import * as outcomes from './outcomes.ts';
import * as precomputed from './precomputed.ts';
import * as profile from './profile.ts';
import * as settings from './settings.ts';
import * as updates from './updates.ts';
import * as users from './users.ts';

const byArea = {
  Users: users,
  Profile: profile,
  Journal: journal,
  Activity: activity,
  'Arms of experiments': assignments,
  'Outcomes of experiments': outcomes,
  'Results of experiments': evaluation,
  Catalogue: catalog,
  'Catalogue snapshots': catalogSnapshot,
  Models: model,
  'Model cards and kept versions': modelRegistry,
  'Precomputed lists': precomputed,
  Homepages: homepages,
  Decisions: decision,
  'Reports for analytics': analytics,
  'Rules and experiments': definition,
  'Texts of models': insightText,
  'Budgets of models': insightBudget,
  'Offers of actions': offers,
  Generations: generations,
  'Learning paths': learning,
  Updates: updates,
  Achievements: achievements,
  'Idempotency keys': idempotency,
  Settings: settings,
};

export type Area = { readonly title: string; readonly patterns: readonly Description[] };

/** Every question that is put to the table, by area: what docs/access-patterns.md lists. */
export const accessPatterns: readonly Area[] = Object.entries(byArea).map(([title, functions]) => ({
  title,
  patterns: Object.values(functions).map(({ description }) => description),
}));
