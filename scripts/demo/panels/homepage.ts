import { getHomepage } from '../../../contracts/homepage/endpoints.ts';
import type { AnswerOf } from '../client.ts';
import { expect } from '../fault.ts';
import type { Stage } from '../stage.ts';
import { moved, share } from './words.ts';

type Homepage = AnswerOf<typeof getHomepage>;

const SECTIONS = [
  ['Featured projects', 'featuredProjects'],
  ['Testimonials', 'testimonials'],
  ['Services', 'services'],
] as const;

const sectionLines = (stage: Stage, page: Homepage, [title, name]: (typeof SECTIONS)[number]): string[] => {
  const before = stage.swap(
    `homepage ${name}`,
    page[name].map(({ id }) => id),
  );
  const rows = page[name]
    .slice(0, 3)
    .map(
      ({ id, title: card, score, matchReason }, place) =>
        [
          ['·', 'quiet'],
          [card, 'name'],
          [share(score), 'number'],
          moved(id, place, before),
          [matchReason, 'quiet'],
        ] as const,
    );
  return [
    ...stage.page.words(`${title}${rows.length === 0 ? ': none' : ''}`),
    ...stage.page.rows(rows, { columns: [{}, { most: 32 }, {}, { most: 4 }] }),
  ];
};

/** The homepage of this person: hero with its confidence, projects, testimonials, services with their scores, each with its reason. */
export const showHomepage = async (stage: Stage): Promise<Homepage> => {
  const { body, request } = await stage.asks(getHomepage, { query: {} });
  const { hero } = body;
  expect(
    hero.title.length > 0 && hero.matchReason.length > 0,
    `${request} has a hero without title or reason`,
  );
  stage.page.panel('The homepage', `${request} · ${body.source}`, [
    ...stage.page.rows([
      [
        ['HERO', 'number'],
        [hero.title, 'name'],
      ],
    ]),
    ...stage.page.rows([['    ', `${hero.subtitle} [${hero.ctaText}]`]]),
    ...stage.page.rows([['    ', [`${hero.matchReason} (confidence ${share(hero.confidence)})`, 'quiet']]]),
    ...SECTIONS.flatMap((section) => sectionLines(stage, body, section)),
  ]);
  stage.note('Hero', hero.title);
  stage.note('First project', body.featuredProjects[0]?.title ?? 'none');
  stage.note('First service', body.services[0]?.title ?? 'none');
  stage.note('Homepage comes', body.source);
  return body;
};
