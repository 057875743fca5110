import type * as z from 'zod';
import type { ProblemDocument } from './errors.ts';

/** Who may call: `user` (own data), `service` (any user), `admin` (all), `nobody` (no token asked for). */
export type CallerKind = 'user' | 'service' | 'admin' | 'nobody';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

export type Route = { readonly method: HttpMethod; readonly path: string };

export type EndpointShape = {
  /** Unique, camelCase; the handler is `lambdas/api/<operationId in kebab-case>.ts`. */
  readonly operationId: string;
  readonly summary: string;
  readonly tag: string;
  /** First route is the main one; the others are aliases served by the same function. Paths are below `/api`, with `{name}` parameters. */
  readonly routes: readonly [Route, ...Route[]];
  readonly caller: CallerKind;
  /** True where the answer concerns one user, found by the rule "Which user" of api.md section 1. */
  readonly actsOnUser: boolean;
  readonly request: {
    readonly params?: z.ZodObject;
    readonly query?: z.ZodObject;
    readonly body?: z.ZodType;
  };
  readonly responses: Readonly<Record<number, z.ZodType>>;
  /** A request that a newcomer can paste, and the answer it may get. Both are parsed by a test. */
  readonly example: {
    readonly params?: Record<string, string>;
    readonly query?: Record<string, string>;
    readonly body?: unknown;
    readonly response: unknown;
  };
  /** Largest accepted body in bytes; 413 above it. */
  readonly maxBodyBytes?: number;
  /** Adds to its problem documents what another protocol asks for; `params` are those of the path, as they came. */
  readonly extendProblem?: (
    document: ProblemDocument,
    params: Readonly<Record<string, string>>,
  ) => ProblemDocument;
};

/** Keeps the literal types of one endpoint, so that handlers are checked against its schemas. */
export const defineEndpoint = <const E extends EndpointShape>(endpoint: E): E => endpoint;

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

/** What a handler receives after parsing. */
export type EndpointInput<E extends EndpointShape> = {
  params: Parsed<E['request']['params']>;
  query: Parsed<E['request']['query']>;
  body: Parsed<E['request']['body']>;
};

/** The same, as nobody may change it: answers are made from values that are shared. */
type ReadOnly<T> = T extends readonly (infer E)[]
  ? readonly ReadOnly<E>[]
  : T extends object
    ? { readonly [K in keyof T]: ReadOnly<T[K]> }
    : T;

/** What a handler may return: one of the declared statuses with the matching body. */
export type EndpointResult<E extends EndpointShape> = {
  [S in keyof E['responses'] & number]: {
    status: S;
    body: ReadOnly<z.input<E['responses'][S]>>;
    headers?: Record<string, string>;
  };
}[keyof E['responses'] & number];
