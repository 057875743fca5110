import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came to the service. */
export type SentRequest = { readonly path: string; readonly body: Record<string, unknown> };

/** What is answered: a status with a fault's name, a body of any kind, or nothing at all. */
export type ScriptedAnswer =
  | { readonly body: unknown; readonly afterMs?: number }
  | { readonly status: number; readonly fault: string; readonly message?: string }
  | { readonly raw: string }
  | 'never'
  | 'hang up';

export type ScriptedBedrock = {
  readonly url: string;
  readonly sent: SentRequest[];
  /** Answers in this order; the last one stays. */
  answer(...answers: ScriptedAnswer[]): void;
  close(): Promise<void>;
};

const bodyOf = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
};

const send = (response: ServerResponse, answer: ScriptedAnswer): void => {
  if (answer === 'never') return;
  if (answer === 'hang up') {
    response.destroy();
    return;
  }
  response.setHeader('content-type', 'application/json');
  if ('raw' in answer) {
    response.end(answer.raw);
  } else if ('status' in answer) {
    response.statusCode = answer.status;
    response.setHeader('x-amzn-errortype', `${answer.fault}:http://internal.amazon.com/`);
    response.end(JSON.stringify({ message: answer.message ?? answer.fault }));
  } else {
    setTimeout(() => response.end(JSON.stringify(answer.body)), answer.afterMs ?? 0).unref();
  }
};

/** A server in the place of Bedrock's runtime that answers what a test says. */
export const scriptedBedrock = async (): Promise<ScriptedBedrock> => {
  const sent: SentRequest[] = [];
  let script: ScriptedAnswer[] = ['never'];
  const server = createServer(async (request, response) => {
    sent.push({ path: decodeURIComponent(request.url ?? ''), body: await bodyOf(request) });
    const answer = script.length > 1 ? script.shift() : script[0];
    send(response, answer ?? 'never');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    answer: (...answers) => {
      sent.length = 0;
      script = answers;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
