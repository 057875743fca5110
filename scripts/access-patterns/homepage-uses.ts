import * as homepages from '../../adapters/dynamodb/access-patterns/homepages.ts';
import type { KeptElement, KeptPage } from '../../core/homepage/types.ts';
import { NOW, USER } from './typical.ts';
import type { Use } from './uses.ts';

const REASONS = [
  'The same format (documentary), about nature, craft and within your budget',
  "Within your budget and in time. Because you chose 'Letters to Ada': both about documentary",
  'Chosen by those who chose this too',
];

const elements = (type: string, count: number): KeptElement[] =>
  Array.from({ length: count }, (_, n) => [
    `${type}-${(n * 2_654_435_761).toString(36)}`,
    731 - 37 * n,
    412 + 11 * n,
    REASONS[n % REASONS.length] ?? '',
    { matching: 402 - 21 * n, content: 120 + n, interests: 93, popular: 12 },
  ]);

const page: KeptPage = {
  domain: 'film',
  modelVersion: 41,
  profileVersion: 3,
  behaviourSeq: 87,
  catalogueAt: '2026-11-20T00:00:00.000Z',
  computedAt: NOW,
  precomputed: true,
  hero: {
    id: 'documentary',
    title: 'Your documentary deserves an audience',
    subtitle: 'We follow the story for as long as it takes, and edit it with you.',
    ctaText: 'Plan a call about your film',
    ctaTarget: '/contact?about=documentary',
    backgroundVideo: '/video/salt-and-stone.mp4',
    matchReason: 'You are planning: documentary',
    confidence: 0.7,
  },
  sections: {
    featuredProjects: elements('project', 6),
    testimonials: elements('testimonial', 3),
    services: elements('service', 4),
  },
};

const SHARED = new Map(
  ['everybody', 'new_user', 'casual_user', 'power_user', 'goal_oriented'].map((name) => [name, page]),
);

export const homepageUses: Readonly<Record<string, Use>> = {
  putHomepage: { what: 'a page of 13 elements', run: (db) => homepages.putHomepage(db, USER, page) },
  publishHomepages: {
    what: 'pages of 13 elements for 25 users',
    run: (db) =>
      homepages.publishHomepages(
        db,
        Array.from({ length: 25 }, (_, n) => ({ userId: `homepage-${n}`, page })),
      ),
  },
  readHomepage: { what: 'a page of 13 elements', run: (db) => homepages.readHomepage(db, USER, NOW) },
  publishSharedHomepages: {
    what: '5 pages of 13 elements',
    run: (db) => homepages.publishSharedHomepages(db, 'film', SHARED),
  },
  readSharedHomepages: {
    what: '5 pages of 13 elements',
    run: (db) => homepages.readSharedHomepages(db, 'film', NOW),
  },
};
