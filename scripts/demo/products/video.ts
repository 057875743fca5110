import { integrateContentAnalysis, recordVideoGeneration } from '../../../contracts/generation/endpoints.ts';
import { claimAchievement } from '../../../contracts/learning/endpoints.ts';
import { learnPreferences, putGoals, upsertProfile } from '../../../contracts/profile/endpoints.ts';
import { expect } from '../fault.ts';
import { showDecision } from '../panels/decision.ts';
import { showParameters } from '../panels/generation.ts';
import { showKind } from '../panels/kinds.ts';
import { showPerson } from '../panels/person.ts';
import { showAchievements, showGoals } from '../panels/progress.ts';
import { showRecommendations } from '../panels/recommended.ts';
import { showMetrics, showSettings } from '../panels/settings.ts';
import { showDashboard, showInsights, showSuggestions } from '../panels/texts.ts';
import { showUpdates } from '../panels/updates.ts';
import { percent } from '../panels/words.ts';
import { showWorkflow } from '../panels/workflow.ts';
import type { Stage, Step } from '../stage.ts';
import type { Product } from './product.ts';

const MINUTE = 60_000;
const SOCIAL = { purpose: 'social', device: 'mobile' };

const edit = (type: string, feature: string, more: Partial<Step> = {}): Step => ({
  ...{ type, feature, device: 'desktop', durationMs: 6 * MINUTE },
  ...more,
});

type Outcome = {
  readonly status: 'completed' | 'published' | 'discarded';
  readonly rating?: number;
  readonly watchedRatio?: number;
};

/** Lets the engine choose, changes what the person wants otherwise, and tells what became of the video. */
const generate = async (
  stage: Stage,
  what: string,
  outcome: Outcome,
  changed?: Readonly<Record<string, string | number | boolean>>,
) => {
  const { generationId, parameters } = await showParameters(stage, SOCIAL);
  await stage.does('Has a draft generated', [edit('generate', 'generator', { device: 'mobile' })]);
  const { learned, reward } = await stage.sends(what, recordVideoGeneration, {
    as: 'service',
    body: {
      userId: stage.person.id,
      generationId,
      parameters: changed === undefined ? parameters : changed,
      outcome,
    },
  });
  stage.tell(
    `Worth ${reward === null ? 'nothing that could be learned from' : percent(reward)}, for ${Object.entries(
      learned,
    )
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')}.`,
  );
};

const firstDay = async (stage: Stage) => {
  await stage.day('An empty studio', 9);
  await stage.sends('Tariq signs up', upsertProfile, {
    body: { attributes: { plan: 'creator' }, interests: ['branding'], timezone: stage.person.timezone },
  });
  await showParameters(stage, SOCIAL);
  await showKind(stage, 'Templates');
  await showKind(stage, 'Styles');
  await showPerson(stage);
};

const whatHeDid = async (stage: Stage) => {
  await stage.day('What he did elsewhere', 9);
  const { learned } = await stage.sends('The studio reads his older projects', learnPreferences, {
    body: {
      behaviorData: {
        actions: [
          { type: 'click', feature: 'captions' },
          { type: 'click', feature: 'captions' },
          { type: 'click', feature: 'brand-kit' },
        ],
        projects: [
          { visualStyle: 'warm', category: 'brand', duration: 30 },
          { visualStyle: 'warm', category: 'brand', duration: 30 },
          { visualStyle: 'cinematic', category: 'product', duration: 45 },
        ],
        feedback: [
          { type: 'style', sentiment: 'positive', aspect: 'warm' },
          { type: 'pacing', sentiment: 'negative', aspect: 'fast' },
        ],
        sessionId: `import-${stage.run}`,
      },
    },
  });
  stage.tell(`Learned: ${Object.keys(learned).join(', ')}.`);
  await showParameters(stage, SOCIAL);
  await showKind(stage, 'Templates');
  await showKind(stage, 'Features');
};

const firstDrafts = async (stage: Stage) => {
  await stage.day('The first drafts', 9);
  const due = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  await stage.sends('Sets a goal', putGoals, {
    body: { shortTerm: [{ title: 'Publish two videos', metric: 'publish', target: 2, due }] },
  });
  await stage.does('Opens a template and works on it', [
    edit('use', 'templates', { contentId: 'template-customer-story', contentType: 'template' }),
    edit('create', 'editor', { contentType: 'project' }),
    edit('edit', 'captions'),
  ]);
  const warm = { visualStyle: 'warm', pacing: 'medium' };
  await generate(
    stage,
    'Warm and calmer: watched to the end',
    { status: 'completed', rating: 5, watchedRatio: 0.95 },
    warm,
  );
  const bold = { visualStyle: 'bold', pacing: 'fast' };
  await generate(
    stage,
    'He tried it bold and fast, and threw it away',
    { status: 'discarded', rating: 1 },
    bold,
  );
  await showParameters(stage, SOCIAL);
};

const theyWork = async (stage: Stage) => {
  await stage.day('What works is asked for again', 9);
  const warm = { visualStyle: 'warm', pacing: 'medium', captions: true };
  await generate(stage, 'Published, five stars', { status: 'published', rating: 5, watchedRatio: 0.9 }, warm);
  await stage.does('Publishes it', [
    edit('edit', 'captions'),
    edit('export', 'export'),
    edit('publish', 'publish', { contentType: 'video' }),
  ]);
  await generate(stage, 'Another one like it', { status: 'published', rating: 5, watchedRatio: 0.92 }, warm);
  const { decisionId } = await showParameters(stage, SOCIAL);
  await showDecision(stage, decisionId);
  await showGoals(stage);
};

const analysis = async (stage: Stage) => {
  await stage.day('A look into the contents', 9);
  await showRecommendations(stage);
  await stage.does('Watches a video on light', [
    edit('watch', 'library', {
      contentId: 'video-lighting-one-lamp',
      contentType: 'video',
      completionRate: 0.9,
    }),
  ]);
  const { changed, reason } = await stage.sends(
    'The analysis of that video arrives',
    integrateContentAnalysis,
    {
      as: 'service',
      body: {
        contentId: 'video-lighting-one-lamp',
        analysis: { topics: ['branding', 'lighting'], style: 'warm', sentiment: 'positive', quality: 0.9 },
      },
    },
  );
  stage.tell(`Changed in the catalogue: ${changed.join(', ') || 'nothing new'}. ${reason}.`);
  await showRecommendations(stage);
  await showKind(stage, 'Styles');
};

const theStudio = async (stage: Stage) => {
  await stage.day('The studio adapts', 9);
  await stage.does('Captions, brand kit, export: the usual way', [
    edit('edit', 'captions'),
    edit('apply', 'brand-kit'),
    edit('export', 'export'),
    edit('edit', 'captions'),
    edit('apply', 'brand-kit'),
    edit('export', 'export'),
    edit('publish', 'publish', { contentType: 'video' }),
  ]);
  await showSettings(stage, 'editor');
  await showWorkflow(stage);
  await showKind(stage, 'Features');
  await showSuggestions(stage, {
    currentPage: 'editor',
    recentActions: ['edit', 'export'],
    timeOfDay: 'morning',
    profileCompletion: 80,
  });
};

const theEnd = async (stage: Stage) => {
  await stage.day('A week later', 9);
  await stage.does('Shares a draft and resizes a video', [
    edit('share', 'drafts'),
    edit('edit', 'resize'),
    edit('export', 'export'),
  ]);
  await showUpdates(stage);
  await showGoals(stage);
  await showAchievements(stage);
  const params = { userId: stage.person.id, achievementId: 'on-air' };
  const { achievement } = await stage.sends('Claims the first publication', claimAchievement, {
    params,
    body: {},
  });
  expect(achievement.status === 'claimed', 'the achievement was not claimed');
  const { parameters } = await showParameters(stage, SOCIAL);
  expect(parameters.visualStyle === 'warm', `the best style is ${parameters.visualStyle}, and warm did best`);
  await showKind(stage, 'Templates');
  await showSettings(stage, 'editor');
  await showMetrics(stage);
  await showPerson(stage);
  await showDashboard(stage);
  await showInsights(stage);
};

export const video: Product = {
  name: 'video',
  title: 'Video: Tariq, who makes short films for small brands',
  premise:
    'A week in a video studio: parameters that begin with what suits the place, follow his older projects, and then the outcomes of his own videos.',
  person: { name: 'Tariq', timezone: 'Europe/London' },
  play: async (stage) => {
    await firstDay(stage);
    await whatHeDid(stage);
    await firstDrafts(stage);
    await theyWork(stage);
    await analysis(stage);
    await theStudio(stage);
    await theEnd(stage);
  },
};
