import * as z from 'zod';
import { id, limit } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { getContentRecommendations } from './endpoints.ts';

const request = { params: z.strictObject({ userId: id }), query: z.strictObject({ limit }) };
const { responses } = getContentRecommendations;

type Card = { readonly id: string; readonly title: string; readonly description: string };

const DECISION = '3641a7.01JD6Z7Q9T3V5X8Y2A4C6E8G0H.ic3VgAJofsW7';

/** For somebody whose only stated interest is branding. */
const answered = (type: string, { id: itemId, title, description }: Card) => {
  const path = `${type}s/${itemId.slice(type.length + 1)}`;
  return {
    recommendations: [
      {
        id: itemId,
        recommendationId: `${DECISION}.0`,
        type,
        title,
        description,
        url: `/${path}`,
        imageUrl: `/images/${path}.jpg`,
        matchReason: "Matches your interest in 'branding'",
        confidence: 0.1563,
        engagementRate: 0,
      },
    ],
    decisionId: DECISION,
    generatedAt: '2026-11-20T09:30:00.000Z',
    source: 'computed' as const,
    rung: 'personalised hybrid',
    nextRung: '',
    experiments: [],
  };
};

type Kind = { readonly operationId: string; readonly type: string; readonly summary: string };

/** Contents of one type; the answer is that of recommendations by content type. */
const recommendationsOf = ({ operationId, type, summary }: Kind, first: Card) =>
  defineEndpoint({
    operationId,
    summary,
    tag: 'Recommendations',
    routes: [{ method: 'GET', path: `/personalization/${type}-recommendations/{userId}` }],
    caller: 'user',
    actsOnUser: true,
    request,
    responses,
    example: { params: { userId: 'ada' }, query: { limit: '1' }, response: answered(type, first) },
  });

export const getTemplateRecommendations = recommendationsOf(
  {
    operationId: 'getTemplateRecommendations',
    type: 'template',
    summary: 'Templates for this user, and why',
  },
  {
    id: 'template-product-teaser',
    title: 'Product teaser, 20 seconds',
    description:
      'Five shots, one claim and a logo that lands on the beat. Made for square and vertical feeds.',
  },
);

export const getStyleRecommendations = recommendationsOf(
  {
    operationId: 'getStyleRecommendations',
    type: 'style',
    summary: 'Visual styles for this user, and why',
  },
  {
    id: 'style-morning-kitchen',
    title: 'Morning kitchen',
    description:
      'Warm window light, steam and wood. Suits food, family firms and everything that is made by hand.',
  },
);

export const getFeatureRecommendations = recommendationsOf(
  {
    operationId: 'getFeatureRecommendations',
    type: 'feature',
    summary: 'Features that this user has not used yet, and why they are worth a try',
  },
  {
    id: 'feature-brand-kit',
    title: 'Brand kit',
    description: 'Puts your colours, lettering and logo on every scene at once.',
  },
);
