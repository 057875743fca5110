import { listFrequentFeatures } from '../../../contracts/tracking/endpoints.ts';
import type { Stage } from '../stage.ts';

/** What the person uses most, lately before long ago. */
export const showFeatures = async (stage: Stage) => {
  const { body, request } = await stage.asks(listFrequentFeatures, { params: { userId: stage.person.id } });
  const most = Math.max(1, ...Object.values(body.counts));
  stage.page.panel(
    'Used most',
    request,
    stage.page.rows(
      body.features.slice(0, 5).map((feature) => {
        const count = body.counts[feature] ?? 0;
        return [
          [feature, 'name'],
          ['█'.repeat(Math.ceil((count / most) * 20)), 'number'],
          [`${count} times`, 'quiet'],
        ];
      }),
    ),
  );
  return body;
};
