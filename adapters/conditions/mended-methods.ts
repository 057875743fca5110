import { type Compile, callable, source } from './compiled-source.ts';

type Compiling = { readonly compile: Compile };

const isCompiling = (method: unknown): method is Compiling =>
  typeof method === 'object' && method !== null && 'compile' in method;

const listOrNone = callable((value: unknown): unknown => value || []);

/** `all` of what is not there is false, as it is of an empty list; compiled by json-logic-engine 5.0.7 alone it is true. */
export const allOfSome = (all: unknown): unknown => {
  if (!isCompiling(all)) return all;
  const compile: Compile = (args, state) => {
    const [list, test] = args as [unknown, unknown];
    return all.compile([state.compile`${listOrNone}(${list})`, test], state);
  };
  return { ...all, compile };
};

/**
 * The same method with parentheses around its source: json-logic-engine 5.0.7 puts `a ? b : c` next to operators that bind
 * tighter, so that a list out of an `or` could not be asked.
 */
export const parenthesised = (method: unknown): unknown => {
  if (!isCompiling(method)) return method;
  const compile: Compile = (args, state) => {
    const made = method.compile(args, state);
    if (made === false) return false;
    return state.compile`(${typeof made === 'string' ? source(made) : made})`;
  };
  return { ...method, compile };
};
