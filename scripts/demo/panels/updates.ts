import { getRealtimeUpdates } from '../../../contracts/insights/endpoints.ts';
import type { Stage } from '../stage.ts';

/** What is new since the page was opened. */
export const showUpdates = async (stage: Stage) => {
  const { body, request } = await stage.asks(getRealtimeUpdates, { params: { userId: stage.person.id } });
  stage.page.panel(
    'What is new, for a page that stays open',
    request,
    body.updates.length === 0
      ? stage.page.words(body.reason ?? 'Nothing')
      : stage.page.rows(body.updates.map(({ kind, title }) => [[kind, 'number'], title])),
  );
  return body;
};
