import * as z from 'zod';
import { generation } from './generation.ts';

/** A product's data, as the files of `domains/<name>/` hold it. What the fields mean is said in core/domains/types.ts. */
const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and hyphens');
const field = z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,39}$/);
const type = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be lower-case snake');
const metric = z.string().min(1).max(100);
const words = (most: number) => z.string().trim().min(1).max(most);
const range = z.strictObject({ min: z.number().optional(), max: z.number().optional() });
const match = z.union([z.string(), z.number(), z.array(z.string()).min(1), range], {
  error: 'must be a word, a number, a list of words, or a range {min, max}',
});

const factPattern = z.strictObject({ kind: field, where: z.record(field, match).optional() });

const contentType = z.strictObject({ type, one: words(40), many: words(40) });
const metricWords = z.strictObject({ metric, one: words(60), many: words(60) });
const page = z.strictObject({ page: words(60), title: words(60), actions: z.array(name).max(10) });

const action = z.strictObject({
  id: name,
  title: words(80),
  description: words(240),
  target: words(200),
  value: z.number().int().min(1).max(100),
  doneBy: z
    .strictObject({ type: type.optional(), feature: words(100).optional(), contentType: type.optional() })
    .refine((by) => Object.keys(by).length > 0, 'must name a type, a feature or a content type'),
  when: z.array(factPattern).max(5).optional(),
  unless: z.array(factPattern).max(5).optional(),
  serves: z.array(metric).max(10).optional(),
  cooldownHours: z
    .number()
    .min(1)
    .max(24 * 365),
  cap: z.strictObject({ times: z.number().int().min(1).max(10), days: z.number().int().min(1).max(365) }),
  validHours: z
    .number()
    .min(0.25)
    .max(24 * 30),
  until: z.iso.date().optional(),
});

const text = z.strictObject({
  id: name,
  section: z.enum(['priorityActions', 'marketInsights', 'behaviour', 'predictions', 'advice', 'suggestions']),
  facts: z.record(field, factPattern),
  unless: z.array(factPattern).max(5).optional(),
  pages: z.array(words(60)).min(1).optional(),
  title: words(120),
  body: words(400),
  kind: z.enum(['opportunity', 'trend', 'tip', 'warning']).optional(),
  action: name.optional(),
  priority: z.enum(['high', 'medium', 'low']),
});

const achievement = z.strictObject({
  id: name,
  name: words(80),
  description: words(240),
  kind: z.enum(['completion', 'streak', 'skill', 'milestone', 'social']),
  metric,
  target: z.number().int().min(1).max(1_000_000),
  imageUrl: z.string().max(300).optional(),
});

const heroSignal = z.strictObject({
  about: z.enum([
    'timeline',
    'personal_meaning',
    'project_for',
    'format',
    'materials',
    'excited_parts',
    'involvement',
    'start_timing',
    'budget',
    'logline',
    'description',
    'want_consult',
    'segment',
    'interest',
  ]),
  is: z.array(words(60)).min(1).max(40),
  weight: z.number().min(0.01).max(10),
});

const hero = z.strictObject({
  id: name,
  title: words(120),
  subtitle: words(300),
  ctaText: words(60),
  ctaTarget: words(200),
  backgroundVideo: words(300).optional(),
  when: z.array(heroSignal).min(1).max(20).optional(),
});

const sectionTypes = z.array(type).max(20);

/** `homepage.json`, where the product has a homepage of its own. */
const homepage = z.strictObject({
  heroes: z.array(hero).min(1).max(50),
  sections: z.strictObject({
    featuredProjects: sectionTypes,
    testimonials: sectionTypes,
    services: sectionTypes,
  }),
});

const weight = z.number().min(0).max(1);
const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'must be a currency code such as USD');
const vocabulary = z.record(words(40), z.array(words(60)).max(60));

/** `matching.json`, where the product says how its contents are matched with answers. */
const matching = z.strictObject({
  weights: z.strictObject({
    format: weight,
    genre: weight,
    budget: weight,
    timeline: weight,
    materials: weight,
    involvement: weight,
  }),
  currency: z.strictObject({ base: currencyCode, rates: z.record(currencyCode, z.number().positive()) }),
  formats: vocabulary.optional(),
  genres: vocabulary.optional(),
  materials: vocabulary.optional(),
});

/** `domain.json`: what the product is called, and its words. */
export const domainHead = z.strictObject({
  name,
  title: words(80),
  description: words(400),
  audience: words(40),
  contentTypes: z.array(contentType).min(1).max(40),
  metrics: z.array(metricWords).max(60),
  pages: z.array(page).max(60),
});

/** The files of a domain's folder beside `domain.json`, each with its schema. `catalog.json` is read by the catalogue's endpoint. */
export const domainFiles = {
  actions: z.array(action).min(1).max(100),
  texts: z.array(text).min(1).max(200),
  prompts: z.strictObject({ insights: words(4_000), suggestions: words(4_000) }),
  achievements: z.array(achievement).max(100),
} as const;

/** Files that only some domains have. */
export const optionalDomainFiles = { generation, homepage, matching } as const;

/** All of it in one document. */
export const domainDocument = domainHead.extend({
  ...domainFiles,
  ...z.object(optionalDomainFiles).partial().shape,
});

export type DomainDocument = z.output<typeof domainDocument>;
