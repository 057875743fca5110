import type { EndpointShape, Route } from '../../../contracts/endpoint.ts';
import type { Access } from '../../../lib/config/access.ts';

/** Sections of api.md and about how many endpoints each will have. */
const sections: Readonly<Record<string, number>> = {
  Profile: 12,
  Tracking: 8,
  Recommendations: 20,
  Configuration: 11,
  Experiments: 8,
  Learning: 7,
  Insights: 10,
  Privacy: 6,
};

const endpoint = (tag: string, index: number): EndpointShape => {
  const main: Route = { method: 'POST', path: `/${tag.toLowerCase()}/part-${index}/{userId}` };
  const alias: Route = { method: 'PUT', path: `/personalization${main.path}` };
  return {
    operationId: `${tag.toLowerCase()}Part${index}`,
    summary: `Part ${index} of ${tag}`,
    tag,
    routes: index % 3 === 0 ? [main, alias] : [main],
    caller: 'user',
    actsOnUser: true,
    request: {},
    responses: {},
    example: { response: {} },
  };
};

/** As many endpoints as the finished contract will have, every third with an alias. */
export const manyEndpoints: readonly EndpointShape[] = Object.entries(sections).flatMap(([tag, count]) =>
  Array.from({ length: count }, (_, index) => endpoint(tag, index)),
);

export const manyGrants: Readonly<Record<string, Access>> = Object.fromEntries(
  manyEndpoints.map(({ operationId }) => [operationId, { table: 'write', queue: 'send', bucket: 'write' }]),
);
