const USER = '6f9619ff-8b86-d011-b42d-00c04fc964ff';

type Request = {
  method: string;
  path: string;
  params?: Record<string, string>;
  body?: unknown;
  groups?: string;
};

const event = ({ method, path, params, body, groups }: Request) => ({
  version: '2.0',
  routeKey: `${method} ${path}`,
  rawPath: path,
  rawQueryString: '',
  headers: { 'content-type': 'application/json' },
  ...(params ? { pathParameters: params } : {}),
  requestContext: {
    requestId: 'start-up',
    http: { method, path },
    authorizer: {
      jwt: { claims: { sub: USER, ...(groups ? { 'cognito:groups': groups } : {}) }, scopes: null },
    },
  },
  isBase64Encoded: false,
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});

const user = { params: { userId: USER } };

/** Functions that stand for the API: a read, decisions, writes, a change of shared data; the last three read a product's data at their start. */
export const firstRequests: Readonly<Record<string, unknown>> = {
  'api/list-interactions': event({ method: 'GET', path: `/personalization/interactions/${USER}`, ...user }),
  'api/get-recommendations': event({ method: 'GET', path: `/recommendations/${USER}`, ...user }),
  'api/track-interaction': event({
    method: 'POST',
    path: '/interactions',
    body: { type: 'view', contentId: 'item-1', contentType: 'article' },
  }),
  'api/put-catalog-item': event({
    method: 'PUT',
    path: '/catalog/items/item-1',
    params: { itemId: 'item-1' },
    groups: '[admin]',
    body: { type: 'article', title: 'First steps', tags: ['start'] },
  }),
  'api/create-learning-path': event({
    method: 'POST',
    path: '/learning-paths',
    body: {
      title: 'First steps',
      topic: 'editing',
      level: 'beginner',
      modules: [{ id: 'one', title: 'One', type: 'video', duration: 600, prerequisites: [] }],
    },
  }),
  'api/get-achievements': event({ method: 'GET', path: `/achievements/${USER}`, ...user }),
  'api/get-homepage': event({ method: 'GET', path: '/personalization/homepage' }),
  'api/decide-generation-params': event({
    method: 'POST',
    path: '/personalization/generation-params',
    body: { context: { purpose: 'social', device: 'mobile' } },
  }),
};
