import { getProfile } from '../../../contracts/profile/endpoints.ts';
import { expect } from '../fault.ts';
import type { Stage } from '../stage.ts';
import { bar, percent } from './words.ts';

/** Style, pace and skills of a learner, and where each comes from. */
export const showLearner = async (stage: Stage) => {
  const { body, request } = await stage.asks(getProfile, { params: { userId: stage.person.id } });
  const { learner } = body;
  expect(learner, `${request} knows nothing of the learner`);
  stage.page.panel(`${stage.person.name} as a learner`, request, [
    ...stage.page.rows([
      ['style', [learner.style.value ?? 'unknown', 'name'], [learner.style.reason, 'quiet']],
      ['pace', [`× ${learner.pace.factor.toFixed(2)}`, 'name'], [learner.pace.reason, 'quiet']],
    ]),
    ...stage.page.rows(
      learner.skills.map(({ topic, mastery, state, results, meanScore, confidence }) => [
        [topic, 'name'],
        [bar(mastery), 'number'],
        state,
        [
          `${results} results, ${Math.round(meanScore)} of 100 on average, ${percent(confidence)} sure`,
          'quiet',
        ],
      ]),
    ),
  ]);
  return learner;
};
