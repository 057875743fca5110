import type * as z from 'zod';
import { deleteCatalogItem, putCatalogItems } from '../../../contracts/catalog/endpoints.ts';
import { decideConfig } from '../../../contracts/config/endpoints.ts';
import {
  createExperiment,
  deleteExperiment,
  getAssignment,
  recordConversion,
  replaceExperiment,
} from '../../../contracts/experiments/endpoints.ts';
import { claimAchievement } from '../../../contracts/learning/endpoints.ts';
import { putGoals, recordSession, upsertProfile } from '../../../contracts/profile/endpoints.ts';
import {
  recordFeatureUsage,
  recordFeedback,
  trackInteractions,
} from '../../../contracts/tracking/endpoints.ts';
import { expect } from '../fault.ts';
import { showConfig } from '../panels/config.ts';
import { showDecision } from '../panels/decision.ts';
import { showFeatures } from '../panels/features.ts';
import { showFlags } from '../panels/flags.ts';
import { showPerson } from '../panels/person.ts';
import { showAchievements, showGoals } from '../panels/progress.ts';
import { showRecommendations } from '../panels/recommended.ts';
import { showMetrics, showSettings } from '../panels/settings.ts';
import { showDashboard, showInsights, showSuggestions } from '../panels/texts.ts';
import { showUpdates } from '../panels/updates.ts';
import { showWorkflow } from '../panels/workflow.ts';
import type { Stage, Step } from '../stage.ts';
import type { Product } from './product.ts';

const MINUTE = 60_000;
const DESK = { context: 'dashboard', device: 'desktop' };

type Experiment = z.input<typeof createExperiment.request.body>;

/** What the application has, from plain to advanced, in the order of its navigation. */
const FEATURES = [
  ['records', 'Records', 'beginner'],
  ['import', 'Import', 'beginner'],
  ['reports', 'Reports', 'beginner'],
  ['saved-views', 'Saved views', 'intermediate'],
  ['automations', 'Automations', 'intermediate'],
  ['integrations', 'Integrations', 'intermediate'],
  ['bulk-edit', 'Bulk edit', 'advanced'],
  ['api', 'API', 'advanced'],
] as const;

const step = (type: string, feature: string, more: Partial<Step> = {}): Step => ({
  ...{ type, feature, device: 'desktop', durationMs: 3 * MINUTE },
  ...more,
});

const declareFeatures = async (stage: Stage) => {
  const items = FEATURES.map(([feature, title, level], at) => ({
    itemId: `screen-${feature}-${stage.run}`,
    ...{ type: 'feature', title, level, tags: ['screen'] },
    attributes: { feature, navigation: at + 1 },
  }));
  const { accepted } = await stage.sends('The product team declares eight features', putCatalogItems, {
    as: 'admin',
    body: { items },
  });
  expect(accepted === items.length, `${accepted} of ${items.length} features were accepted`);
  for (const { itemId } of items)
    stage.afterwards(() => stage.asks(deleteCatalogItem, { as: 'admin', params: { itemId } }));
  await stage.until(
    () => stage.asks(decideConfig, { as: 'service', body: { userId: `nobody-${stage.run}`, ...DESK } }),
    ({ body }) => body.config.navigation.length > 0,
  );
};

const signUp = async (stage: Stage) => {
  await stage.day('Signed up, and nothing set up', 8);
  await declareFeatures(stage);
  await stage.sends('Jonas signs up', upsertProfile, {
    body: { attributes: { plan: 'team', role: 'operations' }, timezone: stage.person.timezone },
  });
  stage.tell('An application for somebody who has just arrived: plain, and with the rest held back.');
  await showConfig(stage, DESK);
  await showSuggestions(stage, { currentPage: 'onboarding', recentActions: [], profileCompletion: 30 });
  await showRecommendations(stage);
  await showPerson(stage);
};

const setUp = async (stage: Stage) => {
  await stage.day('Setting up', 8);
  const due = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  await stage.sends('Sets a goal for the team', putGoals, {
    body: { shortTerm: [{ title: 'Have the setup done', metric: 'complete_setup_step', target: 5, due }] },
  });
  await stage.does('Takes two steps of the setup and imports his data', [
    step('complete_setup_step', 'setup'),
    step('complete_setup_step', 'setup'),
    step('import_data', 'import', { durationMs: 14 * MINUTE }),
    step('view', 'records', { contentId: 'guide-clean-import', contentType: 'guide' }),
  ]);
  await showDashboard(stage);
};

/** A round as Jonas makes them, sent by the application in one request with others. */
const round = (visit: string): Step[] =>
  [
    step('view', 'records'),
    step('filter', 'saved-views'),
    step('create_report', 'reports', { durationMs: 8 * MINUTE }),
    step('share_report', 'reports'),
  ].map((one, at) => ({ ...one, interactionId: `${visit}-${at}`, sessionId: visit }));

const bulk = async (stage: Stage, what: string, visits: readonly string[]) => {
  const interactions = visits.flatMap((visit) => stage.timed(round(`${visit}-${stage.run}`)));
  const { accepted } = await stage.sends(
    `${what}: ${interactions.length} in one request`,
    trackInteractions,
    {
      body: { interactions },
    },
  );
  expect(
    accepted === interactions.length,
    `${accepted} of ${interactions.length} interactions were accepted`,
  );
  await stage.until(stage.client.waiting, (left) => left === 0);
};

const reports = async (stage: Stage) => {
  await stage.day('Reports, always the same way', 7);
  await bulk(stage, 'The application sends what was done', ['early', 'noon', 'late']);
  await stage.does('Three more steps of the setup', [
    step('complete_setup_step', 'setup'),
    step('complete_setup_step', 'setup'),
    step('complete_setup_step', 'setup'),
  ]);
  await showGoals(stage);
  await showAchievements(stage);
  await showConfig(stage, DESK);
};

const anExperiment = async (stage: Stage) => {
  await stage.day('The product team tries something', 7);
  const key = `dense-table-${stage.run}`;
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString();
  const experiment: Experiment = {
    ...{ key, name: 'A denser table', kind: 'ab', status: 'running', coverage: 1 },
    ...{ startDate: day(-1), endDate: day(14) },
    variants: [
      { key: 'control', weight: 0 },
      { key: 'dense', weight: 1, payload: { config: { layout: 'compact', settings: { rowsPerPage: 100 } } } },
    ],
    metrics: [{ name: 'report_shared', type: 'binomial', goal: 'increase' }],
  };
  const { experimentId } = await stage.sends('Starts an experiment on the table', createExperiment, {
    as: 'admin',
    body: experiment,
  });
  stage.afterwards(async () => {
    const params = { experimentId };
    await stage.asks(replaceExperiment, { as: 'admin', params, body: { ...experiment, status: 'paused' } });
    await stage.asks(deleteExperiment, { as: 'admin', params });
  });
  await stage.until(
    () => stage.asks(decideConfig, { body: DESK }),
    ({ body }) => body.experiments.some((arm) => arm.key === key),
  );
  const { decisionId } = await showConfig(stage, DESK);
  const arm = await stage.sends('Asks for his arm', getAssignment, { params: { experimentId } });
  expect(arm.inExperiment && arm.variant === 'dense', `the arm is ${arm.variant}: ${arm.reason}`);
  await stage.does('Works in the denser table, and shares a report', [
    step('view', 'records'),
    step('create_report', 'reports'),
    step('share_report', 'reports', { decisionId }),
  ]);
  const counted = await stage.sends('The conversion counts for that arm', recordConversion, {
    params: { experimentId },
    body: { metric: 'report_shared' },
  });
  expect(counted.counted, `the conversion was not counted: ${counted.reason}`);
  await showFlags(stage, { ...DESK, plan: 'team' }, ['theme', 'layout', 'settings.rowsPerPage', key]);
  await showDecision(stage, decisionId);
};

const deeper = async (stage: Stage) => {
  await stage.day('Deeper in', 7);
  await stage.does('Saves views, and automates what he repeats', [
    step('save_view', 'saved-views'),
    step('save_view', 'saved-views'),
    step('create_automation', 'automations', { durationMs: 11 * MINUTE }),
    step('connect_integration', 'integrations'),
    step('view', 'automations', { contentId: 'guide-first-automation', contentType: 'guide' }),
  ]);
  const feedback = await stage.sends('Says what he thinks of the guide', recordFeedback, {
    body: {
      target: { kind: 'guide', id: 'guide-first-automation' },
      rating: 5,
      text: 'Clear and short, great help',
    },
  });
  stage.tell(
    `Words get a sentiment: ${feedback.sentiment?.label} (${feedback.sentiment?.score.toFixed(2)} between −1 and 1).`,
  );
  await showRecommendations(stage);
};

const habits = async (stage: Stage) => {
  await stage.day('What he does without thinking', 7);
  await bulk(stage, 'The same rounds as ever', ['first', 'second', 'third', 'fourth']);
  await stage.sends('One use of a feature, counted by itself', recordFeatureUsage, {
    body: { feature: 'bulk-edit' },
  });
  await showFeatures(stage);
  await showWorkflow(stage);
  await showSuggestions(stage, {
    currentPage: 'reports',
    recentActions: ['filter', 'create_report'],
    timeOfDay: 'morning',
    profileCompletion: 90,
  });
};

const afterAWeek = async (stage: Stage) => {
  await stage.day('A week later', 7);
  const [startedAt = '', endedAt = ''] = stage.moments(2);
  await stage.sends('A session of the desktop application', recordSession, {
    body: {
      sessionId: `desk-${stage.run}`,
      startedAt,
      endedAt,
      device: 'desktop',
      pages: ['home', 'reports'],
    },
  });
  await stage.does('Invites a colleague', [
    step('invite_teammate', 'team'),
    step('create_report', 'reports'),
  ]);
  await showUpdates(stage);
  await showAchievements(stage);
  const params = { userId: stage.person.id, achievementId: 'set-up' };
  const { achievement } = await stage.sends('Claims "Settled in"', claimAchievement, { params, body: {} });
  expect(achievement.status === 'claimed', 'the achievement was not claimed');
  await showPerson(stage);
  await showConfig(stage, DESK);
  await showSettings(stage, 'dashboard');
  await showMetrics(stage);
  await showDashboard(stage);
  await showInsights(stage);
};

export const saas: Product = {
  name: 'saas',
  title: 'SaaS: Jonas, who runs the operations of a small team',
  premise:
    'A week with a product for work: an interface that begins plain and opens up, setup, reports, an experiment, habits that become shortcuts.',
  person: { name: 'Jonas', timezone: 'Europe/Berlin' },
  play: async (stage) => {
    await signUp(stage);
    await setUp(stage);
    await reports(stage);
    await anExperiment(stage);
    await deeper(stage);
    await habits(stage);
    await afterAWeek(stage);
  },
};
