import type { CatalogItem } from '../../core/catalog/types.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';
import type { QuestionnaireData } from '../../core/profile/stored-profile.ts';
import { itemId } from '../serving/catalogue.ts';

type Random = () => number;

const FORMATS = [
  'documentary',
  'short film',
  'brand film',
  'family film',
  'web series',
  'event film',
  'package',
];
const GENRES = ['documentary', 'drama', 'comedy', 'commercial', 'history', 'family', 'nature', 'music'];
const MATERIALS = ['photos', 'script', 'interviews', 'letters', 'home video', 'location'];
const INVOLVEMENT = ['hands on', 'some', 'minimal'];
const WORDS =
  'ferry line wall coast bakery garden river market night winter letter family harbour street school train'.split(
    ' ',
  );
/** Of ten contents seven are projects. */
const TYPES = [
  'project',
  'project',
  'project',
  'project',
  'project',
  'project',
  'project',
  'testimonial',
  'testimonial',
  'service',
];
const PUBLISHED_FROM = Date.UTC(2025, 0, 1);
const DAY_MS = 86_400_000;

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const some = <T>(random: Random, list: readonly T[], count: number): T[] =>
  Array.from({ length: count }, () => pick(random, list));
const text = (random: Random, count: number): string => some(random, WORDS, count).join(' ');

const itemOf = (index: number, random: Random): CatalogItem => {
  const least = Math.round(1_000 * 2 ** (random() * 6));
  const type = TYPES[index % TYPES.length] as string;
  const isStory = type === 'testimonial';
  return {
    itemId: itemId(index),
    type,
    title: text(random, 5),
    description: text(random, 35),
    tags: some(random, GENRES, 2),
    topics: [text(random, 1)],
    format: isStory ? 'quote' : pick(random, FORMATS),
    genres: isStory ? [] : some(random, GENRES, 2),
    skills: [],
    ...(!isStory && {
      budget: { min: least, max: least * 2 },
      timeline: `${1 + Math.floor(random() * 12)} months`,
    }),
    url: `https://example.com/items/${index}`,
    imageUrl: `https://example.com/images/${index}.webp`,
    publishedAt: new Date(PUBLISHED_FROM + Math.floor(random() * 600) * DAY_MS).toISOString(),
    attributes: { materials: some(random, MATERIALS, 2), involvement: pick(random, INVOLVEMENT) },
    updatedAt: new Date(PUBLISHED_FROM + 600 * DAY_MS + index).toISOString(),
  };
};

/** A studio's catalogue: projects, stories of clients, services. */
export const filmItems = (count: number, seed: number): CatalogItem[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => itemOf(index, random));
};

/** Twelve answers, of which every client gives other ones. */
export const filmAnswers = (random: Random): QuestionnaireData => ({
  timeline: `${1 + Math.floor(random() * 12)} months`,
  personal_meaning: some(random, GENRES, 2),
  project_for: pick(random, ['my company', 'my family', 'a festival']),
  format: pick(random, FORMATS),
  materials: some(random, MATERIALS, 2),
  excited_parts: [text(random, 3)],
  involvement: pick(random, INVOLVEMENT),
  start_timing: pick(random, ['now', 'next month', 'this year']),
  budget: `${1 + Math.floor(random() * 20)}-${22 + Math.floor(random() * 20)}k`,
  logline: text(random, 15),
  description: text(random, 60),
  want_consult: random() < 0.5,
});
