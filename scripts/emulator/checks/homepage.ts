import assert from 'node:assert/strict';
import { expectStatus } from '../api-client.ts';
import type { Deployment, Reporter } from '../deploy.ts';
import type { Person } from '../sign-in.ts';

type Parties = { readonly deployment: Deployment; readonly admin: Person };

type Card = { readonly id: string; readonly matchReason: string; readonly confidence: number };
type Homepage = {
  readonly hero: { readonly id: string; readonly matchReason: string };
  readonly featuredProjects: readonly Card[];
  readonly testimonials: readonly Card[];
  readonly services: readonly Card[];
  readonly source: string;
  readonly reason?: string;
  readonly decisionId: string;
};

/** Somebody whom the night knows: one of those who were tracked in bulk. */
const USER = 'learner-1';

const answers = {
  timeline: 'within 9 months',
  personal_meaning: ['the craft of my family'],
  project_for: 'a film festival',
  format: 'documentary',
  materials: ['interviews', 'photos'],
  excited_parts: ['following people at work'],
  involvement: 'some',
  start_timing: 'next month',
  budget: '$30,000 - $50,000',
  logline: 'Three families in Cornwall rebuild dry stone walls before the winter storms return.',
  description: 'A documentary about the craft of walling and the nature around it.',
  want_consult: true,
};

const answersQuestions = async (
  { deployment: { apiUrl }, admin: { token } }: Parties,
  questionnaireData: object,
) => {
  type Answer = { personalization: { score: number; recommendations: { id: string; reason: string }[] } };
  const body = { userId: USER, email: 'ida@example.com', questionnaireData };
  return (await expectStatus<Answer>(200, apiUrl, '/profile', { method: 'POST', token, body })).body;
};

const pageOf = async ({ deployment: { apiUrl }, admin }: Parties, userId: string): Promise<Homepage> =>
  (await expectStatus<Homepage>(200, apiUrl, `/personalization/homepage?userId=${userId}`, admin)).body;

/** Twelve answers, before the night. */
export const checkQuestionnaire = (parties: Parties, check: Reporter): Promise<void> =>
  check('the questionnaire is scored, and recommends with reasons', async () => {
    const { personalization } = await answersQuestions(parties, answers);
    assert.ok(personalization.score > 80, `${personalization.score} of 100`);
    const [first] = personalization.recommendations;
    assert.match(first?.reason ?? '', /format/, 'what fits the answers comes first, and says why');
    const { apiUrl } = parties.deployment;
    const { token } = parties.admin;
    const huge = { userId: USER, questionnaireData: { description: 'word '.repeat(20_000) } };
    const refused = await expectStatus(400, apiUrl, '/profile', { method: 'POST', token, body: huge });
    assert.match(JSON.stringify(refused.body), /questionnaireData\.description/);
  });

const isNights = async (parties: Parties): Promise<void> => {
  const page = await pageOf(parties, USER);
  assert.deepEqual([page.source, page.hero.id], ['precomputed', 'documentary'], page.reason);
  const cards = [...page.featuredProjects, ...page.testimonials, ...page.services];
  assert.ok(cards.length > 0);
  for (const { id, matchReason, confidence } of cards)
    assert.ok(matchReason.length > 0 && confidence >= 0 && confidence <= 1, id);
  assert.equal(new Set(cards.map(({ id }) => id)).size, cards.length, 'nothing is shown twice');
  const stranger = await pageOf(parties, 'nobody-knows');
  assert.equal(stranger.source, 'precomputed', 'the page of everybody');
  assert.match(stranger.reason ?? '', /everybody|segment/);
};

const followsAnswers = async (parties: Parties): Promise<void> => {
  await answersQuestions(parties, { ...answers, format: 'brand film', project_for: 'my company' });
  const made = await pageOf(parties, USER);
  assert.deepEqual([made.source, made.hero.id], ['computed', 'brand-film'], made.hero.matchReason);
  const again = await pageOf(parties, USER);
  assert.deepEqual([again.source, again.decisionId], ['cache', made.decisionId]);
};

/** Homepages after a night. */
export const checkHomepage = async (parties: Parties, check: Reporter): Promise<void> => {
  await check("the night's homepage is served: the user's own, and everybody's", () => isNights(parties));
  await check('a new answer makes the homepage anew, and it is kept', () => followsAnswers(parties));
};
