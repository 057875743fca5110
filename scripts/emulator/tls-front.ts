import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';

/** Headers that belong to one connection. The host stays as it is: it is part of the signature. */
const OWN_HEADERS = ['connection', 'expect', 'keep-alive'];

type Upstream = { readonly host: string; readonly port: number };

const forward = ({ host, port }: Upstream, incoming: IncomingMessage, outgoing: ServerResponse): void => {
  const headers = { ...incoming.headers, 'x-forwarded-proto': 'https' };
  for (const name of OWN_HEADERS) delete headers[name as keyof typeof headers];
  const { method, url: path } = incoming;
  const upstream = request({ host, port, method, path, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(outgoing);
  });
  upstream.once('error', (error) => outgoing.writeHead(502).end(String(error)));
  incoming.pipe(upstream);
};

/**
 * Stands where AWS ends TLS: tells the emulator that a request came over HTTPS, which the policies of queues, bucket
 * and topic ask for. (With a certificate of its own the emulator cannot check Cognito's tokens any more: it fetches the
 * keys from itself, over HTTP.) Listens on the upstream's port at 127.0.0.1, so that the URLs which the emulator hands
 * out, of queues above all, lead here.
 */
export const startTlsFront = (upstream: Upstream): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer((incoming, outgoing) => forward(upstream, incoming, outgoing));
    server.once('error', reject);
    server.listen(upstream.port, '127.0.0.1', () => resolve(server));
  });
