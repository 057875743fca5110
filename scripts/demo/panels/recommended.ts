import { getRecommendations } from '../../../contracts/recommendations/endpoints.ts';
import { expect } from '../fault.ts';
import type { Stage } from '../stage.ts';
import { moved, share } from './words.ts';

type Options = {
  readonly limit?: number;
  /** What the panel is called, and under what name the order is compared with the one before. */
  readonly title?: string;
  readonly query?: Readonly<Record<string, string>>;
};

/** What is recommended now, what moved since it was shown last, and why. Answers the list and the id of its decision. */
export const showRecommendations = async (
  stage: Stage,
  { limit = 4, title = 'Recommended', query = {} }: Options = {},
) => {
  const { body, headers, request } = await stage.asks(getRecommendations, {
    params: { userId: stage.person.id },
    query: { limit: String(limit), ...query },
  });
  expect(body.length > 0, `${request} answered an empty list: ${headers.get('attune-reason')}`);
  const before = stage.swap(
    `recommended ${title}`,
    body.map(({ contentId }) => contentId),
  );
  const rows = body.map(
    ({ title: name, contentId, relevanceScore, reason }, place) =>
      [
        String(place + 1),
        [name, 'name'],
        [share(relevanceScore), 'number'],
        moved(contentId, place, before),
        [reason, 'quiet'],
      ] as const,
  );
  const [first] = body;
  const rung = first?.rung ?? '';
  stage.page.panel(
    title,
    request,
    stage.page.rows(rows, { columns: [{}, { most: 34 }, { align: 'right' }, { most: 4 }] }),
  );
  stage.page.paper.write(...stage.page.words(`Rung of the first: ${rung}.`));
  stage.note('First recommendation', first?.title ?? '');
  stage.note('Rung', rung);
  return { items: body, decisionId: headers.get('attune-decision-id') ?? '' };
};
