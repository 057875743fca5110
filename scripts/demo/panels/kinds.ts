import {
  getFeatureRecommendations,
  getStyleRecommendations,
  getTemplateRecommendations,
} from '../../../contracts/recommendations/by-kind.ts';
import { getContentRecommendations } from '../../../contracts/recommendations/endpoints.ts';
import type { AnswerOf, Asked } from '../client.ts';
import type { Stage } from '../stage.ts';
import { moved, share } from './words.ts';

const KINDS = {
  Templates: getTemplateRecommendations,
  Styles: getStyleRecommendations,
  Features: getFeatureRecommendations,
} as const;

type Contents = Asked<typeof getContentRecommendations>;

const showContents = (stage: Stage, title: string, { body, request, headers }: Contents) => {
  const before = stage.swap(
    `contents ${title}`,
    body.recommendations.map(({ id }) => id),
  );
  const rows = body.recommendations.map(
    ({ id, title: name, confidence, matchReason }, place) =>
      [
        String(place + 1),
        [name, 'name'],
        [share(confidence), 'number'],
        moved(id, place, before),
        [matchReason, 'quiet'],
      ] as const,
  );
  const reason = body.reason ?? headers.get('attune-reason') ?? 'An empty list';
  stage.page.panel(
    title,
    request,
    rows.length === 0
      ? stage.page.words(reason)
      : stage.page.rows(rows, { columns: [{}, { most: 34 }, {}, { most: 4 }] }),
  );
  stage.note(`First of ${title.toLowerCase()}`, body.recommendations[0]?.title ?? 'none');
  return body;
};

/** Templates, styles or features for this person, with the confidence of each. */
export const showKind = async (stage: Stage, kind: keyof typeof KINDS, limit = 3) => {
  const params = { userId: stage.person.id };
  const asked = await stage.asks(KINDS[kind], { params, query: { limit: String(limit) } });
  return showContents(stage, kind, asked as Contents);
};

/** Contents of some types for this person. */
export const showTypes = async (
  stage: Stage,
  title: string,
  type: string,
  limit = 3,
): Promise<AnswerOf<typeof getContentRecommendations>> => {
  const asked = await stage.asks(getContentRecommendations, { query: { type, limit: String(limit) } });
  return showContents(stage, title, asked);
};
