import { RuntimeFault, StateError } from './paths.ts';

export type Retrier = {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxAttempts?: number;
};
export type Catcher = {
  readonly ErrorEquals: readonly string[];
  readonly ResultPath?: string | null;
  readonly Next: string;
};

/** Errors that no wildcard names. */
const terminal = new Set(['States.Runtime', 'States.DataLimitExceeded']);

const names = (patterns: readonly string[], error: string): boolean =>
  patterns.includes(error) ||
  (!terminal.has(error) &&
    (patterns.includes('States.ALL') ||
      (patterns.includes('States.TaskFailed') && error !== 'States.Timeout')));

export const asStateError = (error: unknown): StateError =>
  error instanceof StateError
    ? error
    : error instanceof Error
      ? new StateError(error.name, JSON.stringify({ errorType: error.name, errorMessage: error.message }))
      : new RuntimeFault(String(error));

/** Does the work and repeats it as the retriers say; each counts its own attempts. Pauses are reported, not slept. */
export const withRetries = async <T>(
  retriers: readonly Retrier[],
  pause: (seconds: number) => void,
  work: () => Promise<T>,
): Promise<T> => {
  const attempts = retriers.map(() => 0);
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      const failure = asStateError(thrown);
      const at = retriers.findIndex(({ ErrorEquals }) => names(ErrorEquals, failure.error));
      const retrier = retriers[at];
      if (retrier === undefined || attempts[at]! >= (retrier.MaxAttempts ?? 3)) throw failure;
      pause((retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** attempts[at]!);
      attempts[at]! += 1;
    }
  }
};

/** The catcher for an error, the first that names it. */
export const catcherOf = (catchers: readonly Catcher[], { error }: StateError): Catcher | undefined =>
  catchers.find(({ ErrorEquals }) => names(ErrorEquals, error));
