/** `GET /recommendations/{userId}` as API Gateway's HTTP API hands it to the Lambda (payload format 2.0). */
export const askEvent = (userId: string, query: Readonly<Record<string, string>>, requestId: string) => {
  const path = `/recommendations/${userId}`;
  return {
    version: '2.0',
    routeKey: 'GET /recommendations/{userId}',
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: {},
    queryStringParameters: query,
    pathParameters: { userId },
    requestContext: {
      requestId,
      http: { method: 'GET', path },
      authorizer: { jwt: { claims: { sub: userId }, scopes: null } },
    },
    isBase64Encoded: false,
  };
};
