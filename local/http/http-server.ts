import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, problemAnswer, writeAnswer } from './answers.ts';
import type { Incoming } from './api-gateway.ts';
import { basePath } from './router.ts';

/** Answers a request below the base path, or below `/local`. */
export type Respond = (incoming: Incoming, localPath: string | undefined) => Promise<Answer>;

/** The server, listening. */
export type HttpServer = { readonly port: number; close(): Promise<void> };

const KEEP_ALIVE_MS = 65_000;

const LOCAL = new RegExp(`^(?:${basePath})?(/local/.*)$`);

/** Answers every request; whatever goes wrong on the way becomes a problem document, never a broken connection. */
const listener =
  (respond: Respond): RequestListener =>
  async (request, response) => {
    const requestId = randomUUID();
    const url = URL.parse(request.url ?? '/', 'http://localhost');
    const answer = url
      ? await respond({ request, url, requestId }, LOCAL.exec(url.pathname)?.[1]).catch(() =>
          problemAnswer('internal', 'The request could not be handled', requestId),
        )
      : problemAnswer('not-found', 'The path cannot be read', requestId);
    writeAnswer(response, answer, requestId);
    // What was not read is received and dropped, so that the connection can be used again.
    request.resume();
  };

const PORT_ATTEMPTS = 10;
const PORT_PAUSE_MS = 250;

/** Listens; waits a little for a server that is just ending to let go of the port. */
const listen = async (server: Server, port: number, host: string): Promise<number> => {
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  for (let attempt = 1; ; attempt++) {
    try {
      server.listen(port, host);
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!taken || attempt === PORT_ATTEMPTS) throw error;
      await delay(PORT_PAUSE_MS);
    }
  }
};

const close = async (server: Server): Promise<void> => {
  server.closeIdleConnections();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
};

/** Listens on the host; for the loopback address also on its IPv6 form, since `localhost` may mean either. */
export const startHttpServer = async (respond: Respond, port: number, host: string): Promise<HttpServer> => {
  const main = createServer(listener(respond));
  const servers = [main];
  const chosen = await listen(main, port, host);
  if (host === '127.0.0.1') {
    const second = createServer(listener(respond));
    await listen(second, chosen, '::1').then(
      () => servers.push(second),
      () => undefined,
    );
  }
  return { port: chosen, close: async () => void (await Promise.all(servers.map(close))) };
};
