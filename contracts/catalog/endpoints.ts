import * as z from 'zod';
import {
  amount,
  freeForm,
  id,
  isoTime,
  longText,
  pageOf,
  pageQuery,
  shortText,
  text,
  word,
  words,
} from '../common.ts';
import { defineEndpoint } from '../endpoint.ts';

const tag = 'Catalogue';

const itemFields = {
  type: word,
  title: shortText,
  description: longText.optional(),
  tags: words.default([]),
  topics: words.default([]),
  format: word.optional(),
  genres: words.default([]),
  skills: words.default([]),
  level: word.optional(),
  budget: z
    .strictObject({
      min: amount.optional(),
      max: amount.optional(),
    })
    .optional(),
  timeline: shortText.optional(),
  url: text.max(2_000).optional(),
  imageUrl: text.max(2_000).optional(),
  publishedAt: isoTime.optional(),
  expiresAt: isoTime.optional(),
  attributes: freeForm(8_192).default({}),
};

/** An item as it comes in a bulk call: with its own id. */
export const wireCatalogItem = z.strictObject({ itemId: id, ...itemFields }).meta({ id: 'CatalogItemInput' });

export const catalogItem = z
  .object({
    itemId: id,
    type: z.string(),
    title: z.string(),
    description: z.string().optional(),
    tags: z.array(z.string()),
    topics: z.array(z.string()),
    format: z.string().optional(),
    genres: z.array(z.string()),
    skills: z.array(z.string()),
    level: z.string().optional(),
    budget: z.object({ min: z.number().optional(), max: z.number().optional() }).optional(),
    timeline: z.string().optional(),
    url: z.string().optional(),
    imageUrl: z.string().optional(),
    publishedAt: isoTime.optional(),
    expiresAt: isoTime.optional(),
    attributes: z.record(z.string(), z.unknown()),
    updatedAt: isoTime,
  })
  .meta({ id: 'CatalogItem' });

const exampleInput = {
  type: 'course',
  title: 'TypeScript from zero',
  description: 'Types, tools and habits for people who know a little JavaScript.',
  tags: ['typescript', 'web'],
  topics: ['web development'],
  skills: ['typescript'],
  level: 'beginner',
};
const exampleItem = {
  itemId: 'course-101',
  genres: [],
  attributes: {},
  updatedAt: '2026-11-20T09:30:00.000Z',
  ...exampleInput,
};

export const putCatalogItem = defineEndpoint({
  operationId: 'putCatalogItem',
  summary: 'Create or replace an item',
  tag,
  routes: [{ method: 'PUT', path: '/catalog/items/{itemId}' }],
  caller: 'admin',
  actsOnUser: false,
  request: {
    params: z.strictObject({ itemId: id }),
    body: z.strictObject({ itemId: id.optional(), ...itemFields }),
  },
  responses: { 200: catalogItem },
  example: { params: { itemId: 'course-101' }, body: exampleInput, response: exampleItem },
});

export const getCatalogItem = defineEndpoint({
  operationId: 'getCatalogItem',
  summary: 'One item',
  tag,
  routes: [{ method: 'GET', path: '/catalog/items/{itemId}' }],
  caller: 'user',
  actsOnUser: false,
  request: { params: z.strictObject({ itemId: id }) },
  responses: { 200: catalogItem },
  example: { params: { itemId: 'course-101' }, response: exampleItem },
});

export const deleteCatalogItem = defineEndpoint({
  operationId: 'deleteCatalogItem',
  summary: 'Take an item out of the catalogue; it is not recommended any more',
  tag,
  routes: [{ method: 'DELETE', path: '/catalog/items/{itemId}' }],
  caller: 'admin',
  actsOnUser: false,
  request: { params: z.strictObject({ itemId: id }) },
  responses: { 200: z.object({ success: z.boolean(), itemId: id }) },
  example: { params: { itemId: 'course-101' }, response: { success: true, itemId: 'course-101' } },
});

/** The items stay unparsed here: a bad one is rejected by itself. */
export const putCatalogItems = defineEndpoint({
  operationId: 'putCatalogItems',
  summary: 'Create or replace up to 1,000 items',
  tag,
  routes: [{ method: 'POST', path: '/catalog/items' }],
  caller: 'admin',
  actsOnUser: false,
  maxBodyBytes: 4_500_000,
  request: {
    body: z.strictObject({
      items: z
        .array(z.unknown())
        .min(1)
        .max(1_000)
        .meta({ description: 'Items with their `itemId`; each is checked by itself' }),
    }),
  },
  responses: {
    200: z.object({
      accepted: z.number().int().min(0),
      rejected: z.array(
        z.object({
          index: z.number().int().min(0),
          itemId: z.string().optional(),
          errors: z.array(z.object({ path: z.string(), message: z.string() })),
        }),
      ),
    }),
  },
  example: {
    body: { items: [{ itemId: 'course-101', ...exampleInput }] },
    response: { accepted: 1, rejected: [] },
  },
});

export const listCatalogItems = defineEndpoint({
  operationId: 'listCatalogItems',
  summary: 'Items, by type, last changed first',
  tag,
  routes: [{ method: 'GET', path: '/catalog/items' }],
  caller: 'user',
  actsOnUser: false,
  request: { query: z.strictObject({ ...pageQuery, type: word.optional() }) },
  responses: { 200: pageOf(catalogItem) },
  example: { query: { type: 'course', limit: '1' }, response: { items: [exampleItem], nextCursor: null } },
});
