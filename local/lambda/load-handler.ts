import { basename } from 'node:path';
import type { Context } from 'aws-lambda';
import { lambdaContext } from './lambda-context.ts';

type Handler = (event: unknown, context: Context) => Promise<unknown>;

/** What a call of a Lambda is known by, and how long it may take. */
export type Invocation = { readonly requestId: string; readonly timeoutMs?: number };

/** Calls the Lambda with an event. */
export type Invoke = (event: unknown, invocation: Invocation) => Promise<unknown>;

/** Loads the Lambda in `lambdas/<file>`, e.g. `api/get-health.ts`. */
export const loadHandler = async (file: string): Promise<Invoke> => {
  const { handler } = (await import(new URL(`../../lambdas/${file}`, import.meta.url).href)) as {
    handler: Handler;
  };
  const functionName = basename(file, '.ts');
  return (event, { requestId, timeoutMs }) =>
    handler(event, lambdaContext(functionName, requestId, timeoutMs));
};
