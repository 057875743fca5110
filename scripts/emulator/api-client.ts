export type Answer<T> = { readonly status: number; readonly headers: Headers; readonly body: T };

export type ApiRequest = {
  readonly method?: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Calls one path of the contract and answers status, headers and parsed body, whatever the status. */
export const callApi = async <T = Record<string, unknown>>(
  apiUrl: string,
  path: string,
  { method = 'GET', token, body, headers }: ApiRequest = {},
): Promise<Answer<T>> => {
  const response = await fetch(apiUrl + path, {
    method,
    headers: {
      ...headers,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? undefined : JSON.parse(text)) as T,
  };
};

/** The same, where any other status than the expected one is a failure. */
export const expectStatus = async <T = Record<string, unknown>>(
  status: number,
  apiUrl: string,
  path: string,
  request: ApiRequest = {},
): Promise<Answer<T>> => {
  const answer = await callApi<T>(apiUrl, path, request);
  if (answer.status === status) return answer;
  const body = JSON.stringify(answer.body)?.slice(0, 600);
  throw new Error(`${request.method ?? 'GET'} ${path}: ${answer.status} instead of ${status}: ${body}`);
};
