import { Agent, request } from 'node:http';

/** An answer with its body as text. */
export type HttpAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** From sending to the last byte. */
  readonly milliseconds: number;
};

type Sent = {
  readonly method: string;
  readonly url: string;
  readonly token?: string;
  readonly body?: unknown;
};

/** A client over at most so many connections, which are kept. */
export type HttpClient = { send(sent: Sent): Promise<HttpAnswer>; close(): void };

const headersFor = ({ token, body }: Sent, payload: string): Record<string, string | number> => ({
  ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  ...(body === undefined
    ? {}
    : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
});

/** Makes a client; several requests may be under way at once. */
export const httpClient = (connections: number): HttpClient => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const send = (sent: Sent): Promise<HttpAnswer> =>
    new Promise((resolve, reject) => {
      const payload = sent.body === undefined ? '' : JSON.stringify(sent.body);
      const start = performance.now();
      const outgoing = request(sent.url, { agent, method: sent.method, headers: headersFor(sent, payload) });
      outgoing.on('error', reject);
      outgoing.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part) => {
          text += part;
        });
        response.on('end', () => {
          const { statusCode: status = 0, headers } = response;
          resolve({ status, headers, text, milliseconds: performance.now() - start });
        });
      });
      outgoing.end(payload);
    });
  return { send, close: () => agent.destroy() };
};

/** The value below which a share (0-1) of the values lies; nearest rank. NaN without values. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
};

/** How a run of requests went. */
export type LoadFigures = {
  readonly requests: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
};

/** Does the work for every input, so many at a time, in order; answers the results with the figures. */
export const load = async <Input, Result extends { readonly milliseconds: number }>(
  inputs: readonly Input[],
  connections: number,
  work: (input: Input) => Promise<Result>,
): Promise<{ results: Result[]; figures: LoadFigures }> => {
  const results: Result[] = [];
  const start = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < inputs.length; index = next++) {
      results[index] = await work(inputs[index] as Input);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const seconds = (performance.now() - start) / 1000;
  const times = results.map(({ milliseconds }) => milliseconds);
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(times, share)) as [
    number,
    number,
    number,
  ];
  return { results, figures: { requests: inputs.length, perSecond: inputs.length / seconds, p50, p95, p99 } };
};
