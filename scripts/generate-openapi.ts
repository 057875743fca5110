/** Writes docs/openapi.json (OpenAPI 3.1) from the endpoint objects; `--check` fails where the committed file differs. */
import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import type { EndpointShape, Route } from '../contracts/endpoint.ts';
import { problemDocument, problems } from '../contracts/errors.ts';
import { endpoints } from '../contracts/registry.ts';

const FILE = new URL('../docs/openapi.json', import.meta.url);

type Json = Record<string, unknown>;

const components: Record<string, unknown> = {};

/** JSON Schema of a zod schema; schemas that carry an `id` move to `components/schemas`. */
const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const {
    $schema: _,
    $defs,
    ...json
  } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    reused: 'inline',
  }) as Json & { $defs?: Record<string, Json> };
  for (const [name, definition] of Object.entries($defs ?? {})) components[name] = cleaned(definition);
  return cleaned(json);
};

const cleaned = (value: unknown): Json => {
  if (Array.isArray(value)) return value.map(cleaned) as unknown as Json;
  if (typeof value !== 'object' || value === null) return value as Json;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'id' || typeof (value as Json).id !== 'string' || !('type' in value))
      .map(([key, inner]) =>
        key === '$ref'
          ? [key, String(inner).replace('#/$defs/', '#/components/schemas/')]
          : [key, cleaned(inner)],
      ),
  );
};

const parametersOf = (endpoint: EndpointShape, route: Route): Json[] => {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
  const params = endpoint.request.params
    ? (schemaOf(endpoint.request.params, 'input').properties as Record<string, Json>)
    : {};
  const query = endpoint.request.query ? schemaOf(endpoint.request.query, 'input') : {};
  const requiredQuery = (query.required as string[] | undefined) ?? [];
  return [
    ...inPath.map((name) => ({
      name,
      in: 'path',
      required: true,
      schema: params[name] ?? { type: 'string' },
    })),
    ...Object.entries((query.properties as Record<string, Json>) ?? {}).map(([name, schema]) => ({
      name,
      in: 'query',
      required: requiredQuery.includes(name),
      schema,
    })),
    ...(endpoint.actsOnUser ? [{ $ref: '#/components/parameters/UserId' }] : []),
    ...(route.method === 'POST' ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
    ...(endpoint.responses[304] ? [{ $ref: '#/components/parameters/IfNoneMatch' }] : []),
  ];
};

const problemStatuses = (endpoint: EndpointShape, route: Route): string[] => [
  ...(hasInput(endpoint) ? ['400'] : []),
  ...(endpoint.caller === 'nobody' ? [] : ['401', '403']),
  ...(route.path.includes('{') || endpoint.actsOnUser ? ['404'] : []),
  ...(route.method === 'GET' ? [] : ['409', '413']),
  '429',
  '500',
  '503',
];

const hasInput = ({ request }: EndpointShape): boolean =>
  Boolean(request.params ?? request.query ?? request.body);

/** A schema that takes nothing stands for an answer without a body. */
const responseOf = (endpoint: EndpointShape, schema: z.ZodType): Json =>
  schema instanceof z.ZodUndefined
    ? { description: schema.meta()?.description ?? 'No body' }
    : {
        description: endpoint.summary,
        content: {
          'application/json': { schema: schemaOf(schema, 'output'), example: endpoint.example.response },
        },
      };

const responsesOf = (endpoint: EndpointShape, route: Route): Json =>
  Object.fromEntries([
    ...Object.entries(endpoint.responses).map(([status, schema]) => [status, responseOf(endpoint, schema)]),
    ...problemStatuses(endpoint, route).map((status) => [
      status,
      { $ref: `#/components/responses/Problem${status}` },
    ]),
  ]);

const operationOf = (endpoint: EndpointShape, route: Route, index: number): Json => ({
  operationId: index === 0 ? endpoint.operationId : `${endpoint.operationId}${index + 1}`,
  summary: endpoint.summary,
  tags: [endpoint.tag],
  ...(index > 0
    ? { description: `The same as ${endpoint.routes[0].method} ${endpoint.routes[0].path}.` }
    : {}),
  security: endpoint.caller === 'nobody' ? [] : [{ token: [] }],
  'x-caller': endpoint.caller,
  parameters: parametersOf(endpoint, route),
  ...(endpoint.request.body
    ? {
        requestBody: {
          required: !endpoint.request.body.safeParse(undefined).success,
          content: {
            'application/json': {
              schema: schemaOf(endpoint.request.body, 'input'),
              example: endpoint.example.body ?? {},
            },
          },
        },
      }
    : {}),
  responses: responsesOf(endpoint, route),
});

const pathsOf = (): Json => {
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) {
    for (const [index, route] of endpoint.routes.entries()) {
      paths[route.path] = {
        ...paths[route.path],
        [route.method.toLowerCase()]: operationOf(endpoint, route, index),
      };
    }
  }
  return paths;
};

const problemResponses = (): Json =>
  Object.fromEntries(
    Object.entries(problems).map(([type, { status, title }]) => [
      `Problem${status}`,
      {
        description: title,
        ...(status === 429
          ? { headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds' } } }
          : {}),
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/Problem' },
            example: { type, title, status, detail: title, requestId: 'r-1' },
          },
        },
      },
    ]),
  );

const TAGS: Readonly<Record<string, string>> = {
  Profile: 'What is said and learned about a user',
  Tracking: 'What users do, one by one or in bulk',
  Recommendations: 'What a user should see next, and why',
  Workflow: 'How a user works: what is repeated, what follows, what could be shorter',
  Catalogue: 'What can be recommended',
  'Feature flags':
    'The same decisions for every OpenFeature SDK: config slots, experiments and recommendation slots as flags',
  Models: 'Which trained models exist, how good they are, which is in service',
  Rules: 'Who sees another configuration, and which',
  Config: 'What the application should look like for a user, and why',
  Experiments: 'Which change is better: who sees which arm, and why',
  Decisions: 'Why a user got an answer: the trace of a decision, explained',
  Insights: 'Texts about a user, each with the facts behind it, and what to do next',
  Learning: 'Paths in the order that suits a learner, and achievements with the streak behind them',
  Generation:
    'Parameters for generators of videos and other media, learned from the outcomes; what analyses found in contents',
  Homepage: 'The first page of a product, made for what a user answered and did',
  Analytics: 'What users did and what was decided for them, by day, period and segment',
  Health: 'Whether the engine answers',
};

const tagsOf = (): Json[] =>
  [...new Set(endpoints.map(({ tag }) => tag))].map((name) => {
    const description = TAGS[name];
    if (!description) throw new Error(`The tag "${name}" needs a description in scripts/generate-openapi.ts`);
    return { name, description };
  });

const openApi = (): Json => {
  const paths = pathsOf();
  schemaOf(z.object({ problem: problemDocument }), 'output');
  return {
    openapi: '3.1.0',
    info: {
      title: 'Attune',
      version: '0.1.0',
      summary:
        'Personalization engine: follows what users do, learns from it, answers what each should see next and why',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: 'http://localhost:3000/api', description: 'npm start' }],
    tags: tagsOf(),
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      parameters: {
        UserId: {
          name: 'X-User-ID',
          in: 'header',
          required: false,
          description: 'The user that the request is about, where neither path nor body names one',
          schema: { type: 'string' },
        },
        IfNoneMatch: {
          name: 'If-None-Match',
          in: 'header',
          required: false,
          description: 'The `ETag` of an earlier answer: 304 where that still holds',
          schema: { type: 'string' },
        },
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          description: 'The same key and body give the same answer and change nothing twice',
          schema: { type: 'string', minLength: 1, maxLength: 200 },
        },
      },
      schemas: Object.fromEntries(Object.entries(components).sort(([a], [b]) => a.localeCompare(b))),
      responses: problemResponses(),
    },
  };
};

const text = `${JSON.stringify(openApi(), null, 2)}\n`;
if (process.argv.includes('--check')) {
  if (readFileSync(FILE, 'utf8') !== text) {
    console.error('docs/openapi.json is out of date: run `npm run generate`');
    process.exit(1);
  }
} else {
  writeFileSync(FILE, text);
  console.log(`docs/openapi.json: ${endpoints.length} endpoints`);
}
