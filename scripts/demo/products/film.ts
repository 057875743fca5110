import { claimAchievement } from '../../../contracts/learning/endpoints.ts';
import { putGoals, upsertProfile } from '../../../contracts/profile/endpoints.ts';
import { rankContent } from '../../../contracts/recommendations/endpoints.ts';
import type { AnswerOf } from '../client.ts';
import { expect } from '../fault.ts';
import { showDecision } from '../panels/decision.ts';
import { showHomepage } from '../panels/homepage.ts';
import { showTypes } from '../panels/kinds.ts';
import { showPerson } from '../panels/person.ts';
import { showAchievements, showGoals } from '../panels/progress.ts';
import { showRecommendations } from '../panels/recommended.ts';
import { showDashboard, showInsights, showSuggestions } from '../panels/texts.ts';
import { showUpdates } from '../panels/updates.ts';
import { bar, share } from '../panels/words.ts';
import type { Stage, Step } from '../stage.ts';
import type { Product } from './product.ts';

const MINUTE = 60_000;

/** Functions look every five seconds whether another model is in service. */
const MODEL_SEEN_SECONDS = 6;

const watch = (contentId: string, more: Partial<Step> = {}): Step => ({
  ...{ type: 'watch', contentId, contentType: 'project', feature: 'player', device: 'desktop' },
  ...{ durationMs: 5 * MINUTE, completionRate: 0.9 },
  ...more,
});
const look = (type: string, contentType: string, contentId: string, more: Partial<Step> = {}): Step => ({
  ...{ type, contentType, contentId, device: 'desktop', durationMs: 2 * MINUTE },
  ...more,
});

/** What the twelve answers are worth, and what follows from them at once. */
const showScore = (stage: Stage, { personalization }: AnswerOf<typeof upsertProfile>): void => {
  const { score, scoreParts, recommendations, engagementLevel } = personalization;
  const parts = scoreParts === undefined ? [] : Object.entries(scoreParts);
  stage.page.panel(`The answers: ${score} of 100, engagement ${engagementLevel} of 5`, 'POST /profile', [
    ...stage.page.rows(parts.map(([name, value]) => [name, [bar(value / 100), 'number'], `${value} of 100`])),
    ...stage.page.rows(
      recommendations.slice(0, 4).map(({ type, id, confidence, reason }) => [
        [type, 'number'],
        [id, 'name'],
        [share(confidence), 'number'],
        [reason, 'quiet'],
      ]),
      { columns: [{}, { most: 34 }] },
    ),
  ]);
  stage.note('Score of the answers', `${score} of 100`);
};

const visitor = async (stage: Stage) => {
  await stage.day('A visitor', 19);
  stage.tell('Nothing is known of Ines. The homepage that everybody gets:');
  await showHomepage(stage);
  await showTypes(stage, 'Projects', 'project');
  await stage.does('Watches a film, and looks at what it would cost', [
    watch('project-salt-and-stone'),
    look('view', 'service', 'service-family-film'),
  ]);
  await showHomepage(stage);
};

const firstAnswers = async (stage: Stage) => {
  await stage.day('The first answers', 19);
  await stage.does('Begins the questionnaire', [
    look('answer', 'questionnaire', 'questionnaire-your-film', { completionRate: 0.3 }),
  ]);
  const answer = await stage.sends('Three of twelve answers', upsertProfile, {
    body: {
      email: `ines-${stage.run}@example.com`,
      timezone: stage.person.timezone,
      questionnaireData: {
        project_for: 'my grandmother',
        format: 'something with old photographs',
        want_consult: false,
      },
    },
  });
  showScore(stage, answer);
  await showHomepage(stage);
  await showPerson(stage);
};

const allAnswers = async (stage: Stage) => {
  await stage.day('All twelve', 19);
  const answer = await stage.sends('She answers the rest, and more clearly', upsertProfile, {
    body: {
      questionnaireData: {
        timeline: 'three months',
        personal_meaning: ['family', 'legacy'],
        project_for: 'my grandmother',
        format: 'documentary',
        materials: ['photographs', 'letters', 'interviews'],
        excited_parts: ['interviews', 'editing'],
        involvement: 'high',
        start_timing: 'next month',
        budget: '4000-7000',
        logline: 'A baker writes letters to the sea.',
        description: 'Four generations, one bakery, and the letters that nobody posted.',
        want_consult: true,
      },
    },
  });
  showScore(stage, answer);
  const { decisionId } = await showHomepage(stage);
  await showDecision(stage, decisionId);
  await showTypes(stage, 'Projects', 'project');
};

const shortlist = async (stage: Stage) => {
  await stage.day('A shortlist', 19);
  await stage.does('Watches and saves', [
    watch('project-letters-to-ada', { rating: 5 }),
    look('save', 'project', 'project-letters-to-ada'),
    watch('project-the-long-table', { completionRate: 0.2 }),
    look('use', 'tool', 'budget', { feature: 'budget-planner' }),
  ]);
  const contentIds = [
    'project-salt-and-stone',
    'project-ninety-seconds-home',
    'project-harbour-lights',
    'project-x',
  ];
  const { body, request } = await stage.asks(rankContent, { body: { contentIds } });
  stage.page.panel(
    'Her own list, ranked',
    request,
    stage.page.rows(
      body.items.map(({ contentId, score, reason }) => [
        [contentId, 'name'],
        [share(score), 'number'],
        [reason, 'quiet'],
      ]),
      { columns: [{ most: 36 }] },
    ),
  );
  await showTypes(stage, 'Services', 'service,consultation');
};

const theNight = async (stage: Stage) => {
  await stage.day('Overnight', 19);
  await stage.does('Reads what others say', [
    look('read', 'testimonial', 'testimonial-whitlock', { scrollDepth: 1 }),
    look('download', 'resource', 'resource-shot-list'),
  ]);
  const started = performance.now();
  await stage.client.runJob('retrain');
  stage.tell(
    `The night's job trains, and makes the pages of active users (${((performance.now() - started) / 1000).toFixed(1)} s).`,
  );
  await stage.wait(MODEL_SEEN_SECONDS);
  const { source } = await showHomepage(stage);
  expect(source === 'precomputed', `after the night the homepage is ${source}, not precomputed`);
  stage.tell('A new answer makes the page of the night worthless:');
  await stage.sends('She has less time', upsertProfile, {
    body: { questionnaireData: { timeline: 'six weeks' } },
  });
  const after = await showHomepage(stage);
  expect(after.source !== 'precomputed', 'a new answer left the page of the night in place');
};

const theBrief = async (stage: Stage) => {
  await stage.day('The brief is sent', 19);
  await stage.sends('Sets a milestone', putGoals, {
    body: { shortTerm: [{ title: 'Speak with the studio', metric: 'consultation_booked', target: 1 }] },
  });
  await stage.does('Sends the questionnaire and books a call', [
    look('submit', 'questionnaire', 'questionnaire-your-film', { completionRate: 1 }),
    look('consultation_booked', 'consultation', 'consultation-first-call', { value: 1 }),
  ]);
  await showGoals(stage);
  await showSuggestions(stage, {
    currentPage: 'projects',
    recentActions: ['watch', 'save'],
    timeOfDay: 'evening',
    profileCompletion: 100,
  });
  await showDashboard(stage);
};

const theEnd = async (stage: Stage) => {
  await stage.day('A week later', 19);
  await stage.does('Watches one more', [
    watch('project-harbour-lights'),
    look('view', 'service', 'service-colour-grading'),
  ]);
  await showUpdates(stage);
  await showAchievements(stage);
  const params = { userId: stage.person.id, achievementId: 'first-call' };
  const { achievement } = await stage.sends('Claims the first call', claimAchievement, { params, body: {} });
  expect(achievement.status === 'claimed', 'the achievement was not claimed');
  await showHomepage(stage);
  await showPerson(stage);
  const { decisionId } = await showRecommendations(stage);
  await showDecision(stage, decisionId);
  await showInsights(stage);
};

export const film: Product = {
  name: 'film',
  title: 'Film: Ines, who wants a film about her grandmother',
  premise:
    'A week of a visitor to a film studio: a homepage for everybody, twelve answers, projects that fit format, budget and time, a page made overnight, a call.',
  person: { name: 'Ines', timezone: 'Europe/Lisbon' },
  play: async (stage) => {
    await visitor(stage);
    await firstAnswers(stage);
    await allAnswers(stage);
    await shortlist(stage);
    await theNight(stage);
    await theBrief(stage);
    await theEnd(stage);
  },
};
