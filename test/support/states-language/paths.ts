/** What a service or a state reports; caught and retried by its name. */
export class StateError extends Error {
  readonly error: string;

  constructor(error: string, cause: string) {
    super(cause);
    this.error = error;
  }
}

/** A fault of the definition itself: neither `Retry` nor `Catch` helps against it. */
export class RuntimeFault extends StateError {
  constructor(cause: string) {
    super('States.Runtime', cause);
  }
}

type Fields = Readonly<Record<string, unknown>>;

const stepsOf = (path: string): string[] => {
  if (!/^\$(\.[A-Za-z_][A-Za-z0-9_]*)*$/.test(path)) throw new RuntimeFault(`cannot read the path ${path}`);
  return path.split('.').slice(1);
};

/** Whether there is something at a reference path. */
export const hasPath = (from: unknown, path: string): boolean => {
  let value = from;
  for (const step of stepsOf(path)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return false;
    value = (value as Fields)[step];
  }
  return true;
};

/** What is at a reference path (`$`, `$.a.b`); a path to nothing ends the run. */
export const readPath = (from: unknown, path: string): unknown => {
  if (!hasPath(from, path)) throw new RuntimeFault(`there is nothing at ${path} in ${JSON.stringify(from)}`);
  return stepsOf(path).reduce((value, step) => (value as Fields)[step], from);
};

/** The document with a value put at a reference path; the objects on the way are made. */
export const writePath = (into: unknown, path: string, value: unknown): unknown => {
  const put = (target: unknown, [step, ...rest]: string[]): unknown =>
    step === undefined
      ? value
      : { ...(target as Fields), [step]: put((target as Fields | undefined)?.[step], rest) };
  return put(into, stepsOf(path));
};
