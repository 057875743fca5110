import { basename } from 'node:path';
import type { Context } from 'aws-lambda';
import { lambdaContext } from './lambda-context.ts';

type Handler = (event: unknown, context: Context) => Promise<unknown>;

/** Calls the Lambda with an event, under the request id that its log lines will carry. */
export type Invoke = (event: unknown, requestId: string) => Promise<unknown>;

/** Loads the Lambda in `lambdas/<file>`, e.g. `api/get-health.ts`. */
export const loadHandler = async (file: string): Promise<Invoke> => {
  const { handler } = (await import(new URL(`../../lambdas/${file}`, import.meta.url).href)) as {
    handler: Handler;
  };
  const name = basename(file, '.ts');
  return (event, requestId) => handler(event, lambdaContext(name, requestId));
};
