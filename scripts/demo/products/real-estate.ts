import { decideConfig } from '../../../contracts/config/endpoints.ts';
import { claimAchievement, getBadge } from '../../../contracts/learning/endpoints.ts';
import { putGoals, putMarketFocus, upsertProfile } from '../../../contracts/profile/endpoints.ts';
import { recordRecommendationFeedback } from '../../../contracts/recommendations/endpoints.ts';
import { createRule, deleteRule } from '../../../contracts/rules/endpoints.ts';
import { expect } from '../fault.ts';
import { showConfig } from '../panels/config.ts';
import { showDecision } from '../panels/decision.ts';
import { showPerson } from '../panels/person.ts';
import { showAchievements, showGoals } from '../panels/progress.ts';
import { showRecommendations } from '../panels/recommended.ts';
import { showDashboard, showInsights, showSuggestions } from '../panels/texts.ts';
import { showUpdates } from '../panels/updates.ts';
import { showWorkflow } from '../panels/workflow.ts';
import type { Stage, Step } from '../stage.ts';
import type { Product } from './product.ts';

const MINUTE = 60_000;

const phone = (type: string, more: Partial<Step> = {}): Step => ({
  ...{ type, feature: 'phone', device: 'mobile', durationMs: 4 * MINUTE },
  ...more,
});
const listing = (type: string, more: Partial<Step> = {}): Step => ({
  ...{ type, contentType: 'listing', feature: 'listing-editor', device: 'mobile', durationMs: 9 * MINUTE },
  ...more,
});
const report = (contentId: string, more: Partial<Step> = {}): Step => ({
  ...{ type: 'view', contentId, contentType: 'market_report', feature: 'market-reports', device: 'mobile' },
  ...{ durationMs: 3 * MINUTE, scrollDepth: 0.9 },
  ...more,
});

const firstMorning = async (stage: Stage) => {
  await stage.day('The first morning', 7);
  stage.tell('Nothing is known of Mira yet. What everybody would get:');
  await showRecommendations(stage);
  await showConfig(stage, { context: 'dashboard', device: 'mobile' });
  await showDashboard(stage);
  const userId = stage.person.id;
  await stage.sends('Mira says who she is', upsertProfile, {
    body: { userId, attributes: { office: 'harbour' }, timezone: stage.person.timezone },
  });
  await stage.sends('and which market she works in', putMarketFocus, {
    body: { userId, focus: ['harbour district'] },
  });
  await showPerson(stage);
  stage.tell('One stated market, and no click yet:');
  await showRecommendations(stage);
  await showDashboard(stage);
};

const leads = async (stage: Stage) => {
  await stage.day('Three leads before lunch', 7);
  await stage.does('Reads the report on her district', [report('market-report-harbour-district')]);
  await stage.does('Adds three leads and calls them', [
    phone('add_lead'),
    phone('call_lead'),
    phone('add_lead'),
    phone('call_lead'),
    phone('add_lead'),
    phone('call_lead'),
  ]);
  const due = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  await stage.sends('Sets two goals', putGoals, {
    body: {
      shortTerm: [{ title: 'Publish three listings', metric: 'publish_listing', target: 3, due }],
      longTerm: ['Be the name people think of at the harbour'],
    },
  });
  await showGoals(stage);
  await showSuggestions(stage, {
    currentPage: 'leads',
    recentActions: ['add_lead', 'call_lead'],
    timeOfDay: 'morning',
    profileCompletion: 70,
  });
};

const firstListing = async (stage: Stage) => {
  await stage.day('A listing goes live', 8);
  await stage.does('Publishes her first listing, with photographs', [
    report('market-report-old-town'),
    listing('publish_listing'),
    listing('add_photos'),
  ]);
  await stage.does('Follows up with yesterday’s leads', [phone('send_follow_up'), phone('send_follow_up')]);
  await showGoals(stage);
  await showAchievements(stage);
  const { items } = await showRecommendations(stage);
  const unwanted = items.at(-1)!;
  await stage.sends(`Dismisses “${unwanted.title}”`, recordRecommendationFeedback, {
    params: { userId: stage.person.id },
    body: { recommendationId: unwanted.recommendationId, feedback: 'dismissed' },
  });
  const { items: left } = await showRecommendations(stage);
  expect(
    left.every(({ contentId }) => contentId !== unwanted.contentId),
    `${unwanted.contentId} was dismissed and is recommended still`,
  );
};

const theRule = async (stage: Stage) => {
  await stage.day('The office writes a rule', 8);
  await stage.does('Another day with phone and listings', [
    phone('call_lead'),
    listing('change_price'),
    report('market-report-city-flats'),
    phone('schedule_viewing'),
    listing('add_photos'),
  ]);
  await showConfig(stage, { context: 'dashboard', device: 'mobile' });
  const rule = await stage.sends('The office head adds a rule for agents on the road', createRule, {
    as: 'admin',
    body: {
      name: `On the road ${stage.run}`,
      enabled: true,
      priority: 5,
      contexts: ['dashboard'],
      condition: {
        and: [
          { in: ['mobile_first', { var: 'segments' }] },
          { '==': [{ var: 'user.userId' }, stage.person.id] },
        ],
      },
      actions: {
        settings: { banner: 'Dictate your notes after each viewing' },
        navigation: ['leads', 'calendar'],
      },
    },
  });
  stage.afterwards(() => stage.asks(deleteRule, { as: 'admin', params: { ruleId: rule.ruleId } }));
  const body = { context: 'dashboard', device: 'mobile' };
  await stage.until(
    () => stage.asks(decideConfig, { body }),
    (answer) => answer.body.appliedRules.length > 0,
  );
  const { decisionId, appliedRules } = await showConfig(stage, body);
  expect(appliedRules.length > 0, 'the new rule does not apply');
  await showDecision(stage, decisionId);
};

const openHouse = async (stage: Stage) => {
  await stage.day('An open house is planned', 8);
  await stage.does('Publishes the second listing and plans an open house', [
    report('market-report-family-homes'),
    listing('publish_listing'),
    phone('call_lead'),
    { type: 'schedule_open_house', contentType: 'open_house', feature: 'calendar', device: 'mobile' },
  ]);
  await showDashboard(stage);
};

const habits = async (stage: Stage) => {
  await stage.day('Habits', 8);
  await stage.does('Report, listing, phone: as every day', [
    report('market-report-rentals'),
    listing('change_price'),
    phone('call_lead'),
    phone('send_follow_up'),
    { type: 'value_home', feature: 'valuation', device: 'mobile', durationMs: 12 * MINUTE },
  ]);
  await showWorkflow(stage);
  await showSuggestions(stage, {
    currentPage: 'listings',
    recentActions: ['view', 'change_price'],
    timeOfDay: 'evening',
    profileCompletion: 90,
  });
};

const sold = async (stage: Stage) => {
  await stage.day('Sold', 8);
  await stage.does('Third listing, and a first deal', [
    report('market-report-new-build'),
    listing('publish_listing'),
    phone('call_lead'),
    { type: 'close_deal', contentType: 'listing', value: 9_400, device: 'mobile', feature: 'offers' },
  ]);
  await showGoals(stage);
  await showUpdates(stage);
  await showAchievements(stage);
  const params = { userId: stage.person.id, achievementId: 'first-deal' };
  const claimed = await stage.sends('Claims the achievement "Sold"', claimAchievement, { params, body: {} });
  expect(claimed.achievement.status === 'claimed', 'the achievement was not claimed');
  await stage.sends('and takes it along as an Open Badge', getBadge, { params });
  await showPerson(stage);
  await showRecommendations(stage);
  await showConfig(stage, { context: 'dashboard', device: 'mobile' });
  await showDashboard(stage);
  await showInsights(stage);
};

export const realEstate: Product = {
  name: 'real-estate',
  title: 'Real estate: Mira, an agent at the harbour',
  premise:
    'A week of an estate agent who works from her phone: a market she focuses on, leads, listings, a goal, a rule of her office, a deal.',
  person: { name: 'Mira', timezone: 'Europe/Amsterdam' },
  play: async (stage) => {
    await firstMorning(stage);
    await leads(stage);
    await firstListing(stage);
    await theRule(stage);
    await openHouse(stage);
    await habits(stage);
    await sold(stage);
  },
};
