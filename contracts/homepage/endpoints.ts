import * as z from 'zod';
import { id, provenance, share } from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';
import { domainName } from '../insights/schemas.ts';

const matched = {
  matchReason: z.string(),
  confidence: share,
};

const card = z.object({
  id,
  recommendationId: id,
  type: z.string(),
  title: z.string(),
  description: z.string(),
  url: z.string(),
  imageUrl: z.string().optional(),
  score: share,
  ...matched,
});

const DECISION = '9637e9.01JD6Z7Q9T3V5X8Y2A4C6E8G0H.zq-sVy_fy9bY';

/** The first of each section, for the answers of the contract. */
const exampleCards = {
  featuredProjects: [
    {
      id: 'project-letters-to-ada',
      recommendationId: `${DECISION}.0`,
      type: 'project',
      title: 'Letters to Ada',
      description:
        'A family film made of letters, slides and one long talk at a kitchen table, for a grandmother who turned ninety.',
      url: '/projects/letters-to-ada',
      imageUrl: '/images/projects/letters-to-ada.jpg',
      score: 0.6401,
      matchReason: 'About documentary, family, within your budget and in time',
      confidence: 0.4864,
    },
  ],
  testimonials: [
    {
      id: 'testimonial-whitlock',
      recommendationId: `${DECISION}.6`,
      type: 'testimonial',
      title: '"My mother watched it twice that evening"',
      description:
        'Ruth Whitlock on a day of filming with three generations, and on what was told because nobody hurried.',
      url: '/stories/whitlock',
      imageUrl: '/images/stories/whitlock.jpg',
      score: 0.227,
      matchReason: 'About family. Matches what you told about your project',
      confidence: 0.1246,
    },
  ],
  services: [
    {
      id: 'service-family-film',
      recommendationId: `${DECISION}.9`,
      type: 'service',
      title: 'A film for your family',
      description:
        'We listen, scan what is in the drawers, film a day of talk, and cut it into a film that can be shown at the table.',
      url: '/services/family-film',
      imageUrl: '/images/services/family-film.jpg',
      score: 0.5239,
      matchReason: 'Within your budget, in time and about family',
      confidence: 0.4307,
    },
  ],
};

export const getHomepage = defineEndpoint({
  operationId: 'getHomepage',
  summary: 'Hero, projects, testimonials and services for the answers and the behaviour of this user',
  tag: 'Homepage',
  routes: [{ method: 'GET', path: '/personalization/homepage' }],
  caller: 'user',
  actsOnUser: true,
  request: {
    query: z.strictObject({ userId: id.optional(), domain: domainName.optional() }),
  },
  responses: {
    200: z.object({
      userId: id,
      hero: z.object({
        id: z.string(),
        title: z.string(),
        subtitle: z.string(),
        ctaText: z.string(),
        ctaTarget: z.string(),
        backgroundVideo: z.string().optional(),
        ...matched,
      }),
      featuredProjects: z.array(card),
      testimonials: z.array(card),
      services: z.array(card),
      experiments: z.array(z.object({ key: z.string(), variant: z.string() })),
      reason: z
        .string()
        .optional()
        .meta({ description: 'Why the page is not made for this user alone, where it is not' }),
      reasons: z
        .record(z.string(), z.string())
        .optional()
        .meta({ description: 'Why a section is empty, by its name' }),
      ...provenance,
    }),
  },
  example: {
    query: { userId: 'ada' },
    response: {
      userId: 'ada',
      hero: {
        id: 'documentary',
        title: 'Your documentary deserves an audience',
        subtitle: 'We follow the story for as long as it takes, and edit it with you.',
        ctaText: 'Plan a call about your film',
        ctaTarget: '/contact?about=documentary',
        backgroundVideo: '/video/salt-and-stone.mp4',
        matchReason: 'You are planning: documentary',
        confidence: 0.5319,
      },
      ...exampleCards,
      experiments: [],
      decisionId: DECISION,
      generatedAt: '2026-11-20T09:30:00.000Z',
      source: 'computed' as const,
    },
  },
});
