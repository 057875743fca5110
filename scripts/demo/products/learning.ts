import {
  claimAchievement,
  createLearningPath,
  getBadge,
  getLearningPath,
  putProgress,
} from '../../../contracts/learning/endpoints.ts';
import { putGoals, upsertProfile } from '../../../contracts/profile/endpoints.ts';
import { listSimilar, recordRecommendationFeedback } from '../../../contracts/recommendations/endpoints.ts';
import { expect } from '../fault.ts';
import { showConfig } from '../panels/config.ts';
import { showDecision } from '../panels/decision.ts';
import { showLearner } from '../panels/learner.ts';
import { showPath } from '../panels/path.ts';
import { showPerson } from '../panels/person.ts';
import { showAchievements, showGoals } from '../panels/progress.ts';
import { showRecommendations } from '../panels/recommended.ts';
import { showMetrics } from '../panels/settings.ts';
import { showDashboard, showInsights, showSuggestions } from '../panels/texts.ts';
import { showUpdates } from '../panels/updates.ts';
import { percent } from '../panels/words.ts';
import type { Stage, Step } from '../stage.ts';
import type { Product } from './product.ts';

const MINUTE = 60_000;

const learn = (type: string, contentType: string, contentId: string, more: Partial<Step> = {}): Step => ({
  ...{ type, contentType, contentId, feature: 'player', device: 'tablet', durationMs: 12 * MINUTE },
  ...more,
});

/** In no good order, as somebody writes them down. `duration` in seconds. */
const MODULES = [
  {
    id: 'project',
    title: 'A page of your own',
    type: 'exercise',
    duration: 5_400,
    prerequisites: ['generics'],
  },
  { id: 'generics', title: 'Generics', type: 'reading', duration: 2_400, prerequisites: ['types'] },
  { id: 'check', title: 'Check: types', type: 'quiz', duration: 900, prerequisites: ['types'] },
  { id: 'types', title: 'Types and interfaces', type: 'video', duration: 1_800, prerequisites: [] },
  { id: 'tools', title: 'Editor and compiler', type: 'video', duration: 1_200, prerequisites: [] },
];

type Result = { readonly status: 'completed' | 'failed'; readonly score: number; readonly minutes: number };

/** Tells what became of a module and shows what that does to the rest of the path. */
const finish = async (stage: Stage, pathId: string, moduleId: string, { status, score, minutes }: Result) => {
  const params = { pathId };
  const body = { moduleId, status, score, timeSpent: minutes * 60 };
  const path = await stage.sends(
    `${status === 'completed' ? 'Completes' : 'Fails'} "${moduleId}" with ${score} of 100, in ${minutes} minutes`,
    putProgress,
    { params, body },
  );
  for (const { name } of path.unlocked) stage.tell(`★ Unlocked: ${name}`);
  return path;
};

const arrival = async (stage: Stage) => {
  await stage.day('Somebody wants to learn', 18);
  stage.tell('Nothing is known of Lena. What everybody would get:');
  await showRecommendations(stage);
  await showConfig(stage, { context: 'dashboard', device: 'tablet' });
  const answer = await stage.sends('Lena says how she learns, and what for', upsertProfile, {
    body: {
      ...{ age: 29, learningStyle: 'visual', experienceLevel: 'beginner', preferredPace: 'slow' },
      ...{ interests: ['web development', 'design'], careerGoals: ['frontend engineer'] },
      ...{ learningObjectives: ['learn TypeScript'], timezone: stage.person.timezone },
    },
  });
  const [first] = answer.personalization.recommendations;
  expect(first, 'the answer to the profile recommends nothing');
  stage.tell(`The answer recommends at once: ${first.id} (${first.reason}).`);
  await showRecommendations(stage);
  await stage.does('Looks around and reviews a few flashcards', [
    learn('review', 'flashcards', 'flashcards-git', { feature: 'flashcards' }),
  ]);
  await showPerson(stage);
};

const aPath = async (stage: Stage): Promise<string> => {
  await stage.day('A path is laid out', 18);
  stage.tell('Five modules, written down in no good order. Prerequisites decide, then style and pace:');
  const path = await stage.sends('Lena makes a path of them', createLearningPath, {
    body: { title: 'TypeScript in a month', topic: 'programming', level: 'beginner', modules: MODULES },
  });
  const ids = path.modules.map(({ id }) => id);
  const isAfter = (id: string, earlier: string) => ids.indexOf(id) > ids.indexOf(earlier);
  for (const { id, prerequisites } of MODULES)
    for (const earlier of prerequisites) expect(isAfter(id, earlier), `${id} stands before ${earlier}`);
  showPath(stage, path, 'POST /learning-paths');
  await stage.does('Watches the first minutes of a course', [
    learn('start', 'course', 'course-typescript-from-zero', { completionRate: 0.1 }),
    learn('watch', 'lesson', 'lesson-narrowing-types', { completionRate: 0.4 }),
  ]);
  const due = new Date(Date.now() + 6 * 86_400_000).toISOString().slice(0, 10);
  await stage.sends('and sets a goal', putGoals, {
    body: {
      shortTerm: [{ title: 'Finish five parts', metric: 'complete', target: 5, due }],
      longTerm: ['Work as a frontend engineer'],
    },
  });
  return path.pathId;
};

const goodResults = async (stage: Stage, pathId: string) => {
  await stage.day('It goes well', 18);
  await finish(stage, pathId, 'tools', { status: 'completed', score: 90, minutes: 18 });
  const path = await finish(stage, pathId, 'types', { status: 'completed', score: 88, minutes: 26 });
  showPath(stage, path, 'PUT /learning-paths/{pathId}/progress');
  await stage.does('Reviews flashcards', [
    learn('review', 'flashcards', 'flashcards-git', { feature: 'flashcards' }),
  ]);
  await showGoals(stage);
  await showAchievements(stage);
};

const struggle = async (stage: Stage, pathId: string) => {
  await stage.day('It does not go well', 18);
  await stage.does('Reviews flashcards, as every evening', [
    learn('review', 'flashcards', 'flashcards-git', { feature: 'flashcards' }),
  ]);
  await finish(stage, pathId, 'check', { status: 'failed', score: 35, minutes: 40 });
  const path = await finish(stage, pathId, 'check', { status: 'failed', score: 30, minutes: 42 });
  showPath(stage, path, 'PUT /learning-paths/{pathId}/progress');
  expect(
    path.modules.some(({ reviewOf }) => reviewOf === 'check'),
    'two failures brought no module for review',
  );
  await showDecision(stage, path.decisionId);
  await showSuggestions(stage, {
    currentPage: 'quiz',
    recentActions: ['start', 'fail'],
    timeOfDay: 'evening',
    profileCompletion: 80,
  });
};

const practice = async (stage: Stage, pathId: string) => {
  await stage.day('Again, and slower', 18);
  await stage.does('Finishes the course that she began', [
    learn('complete', 'course', 'course-typescript-from-zero', { completionRate: 1 }),
    learn('complete', 'exercise', 'exercise-clean-a-messy-file', { completionRate: 1, rating: 4 }),
  ]);
  const { modules } = (await stage.asks(getLearningPath, { params: { pathId } })).body;
  const review = modules.find(({ reviewOf }) => reviewOf === 'check');
  expect(review, 'the module for review is gone');
  await finish(stage, pathId, review.id, { status: 'completed', score: 78, minutes: 12 });
  const path = await finish(stage, pathId, 'check', { status: 'completed', score: 84, minutes: 20 });
  showPath(stage, path, 'PUT /learning-paths/{pathId}/progress');
  await showGoals(stage);
  await showAchievements(stage);
};

const whatElse = async (stage: Stage) => {
  await stage.day('What else is there', 18);
  const { items } = await showRecommendations(stage);
  const [first] = items;
  expect(first, 'nothing is recommended');
  await stage.sends(`Likes "${first.title}"`, recordRecommendationFeedback, {
    params: { userId: stage.person.id },
    body: { recommendationId: first.recommendationId, feedback: 'liked' },
  });
  const similar = await stage.asks(listSimilar, {
    params: { contentId: first.contentId },
    query: { limit: '3' },
  });
  stage.page.panel(
    `Like "${first.title}"`,
    similar.request,
    stage.page.rows(
      similar.body.items.map(({ title, similarity, reason }) => [
        [title, 'name'],
        [percent(similarity), 'number'],
        [reason, 'quiet'],
      ]),
    ),
  );
  await stage.does('Watches a lesson and takes notes', [
    learn('complete', 'lesson', 'lesson-narrowing-types', { completionRate: 1 }),
    { type: 'use', feature: 'notes', device: 'tablet', durationMs: 6 * MINUTE },
  ]);
  await showDashboard(stage);
};

const theEnd = async (stage: Stage, pathId: string) => {
  await stage.day('The path is walked', 18);
  await stage.does('Reads, and answers a question of somebody else', [
    learn('read', 'resource', 'resource-study-journal', { scrollDepth: 1 }),
    { type: 'answer', feature: 'discussions', device: 'tablet', durationMs: 5 * MINUTE },
  ]);
  await finish(stage, pathId, 'generics', { status: 'completed', score: 86, minutes: 35 });
  const path = await finish(stage, pathId, 'project', { status: 'completed', score: 92, minutes: 70 });
  showPath(stage, path, 'PUT /learning-paths/{pathId}/progress');
  expect(path.status === 'completed', `the path is ${path.status} after its last module`);
  if (path.nextPath !== undefined) {
    stage.tell(`Next: "${path.nextPath.title}" (${path.nextPath.reason}).`);
    stage.note('Next path', path.nextPath.title);
  }
  await showUpdates(stage);
  await showAchievements(stage);
  const params = { userId: stage.person.id, achievementId: 'first-path' };
  const { achievement } = await stage.sends('Claims "Path walked"', claimAchievement, { params, body: {} });
  expect(achievement.status === 'claimed', 'the achievement was not claimed');
  await stage.sends('and takes it along as an Open Badge', getBadge, { params });
  await showGoals(stage);
  await showPerson(stage);
  await showLearner(stage);
  await showMetrics(stage);
  await showRecommendations(stage);
  await showConfig(stage, { context: 'dashboard', device: 'tablet' });
  await showInsights(stage);
};

export const learning: Product = {
  name: 'learning',
  title: 'Learning: Lena, who wants to build web pages',
  premise:
    'A week of a learner: a path that is put into order, grows harder and easier with her results, takes her back where she struggles, and what she earns on it.',
  person: { name: 'Lena', timezone: 'Europe/Amsterdam' },
  play: async (stage) => {
    await arrival(stage);
    const pathId = await aPath(stage);
    await goodResults(stage, pathId);
    await struggle(stage, pathId);
    await practice(stage, pathId);
    await whatElse(stage);
    await theEnd(stage, pathId);
  },
};
