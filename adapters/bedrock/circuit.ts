import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhenResult } from 'cockatiel';
import type { WriteFailure } from '../../core/insights/types.ts';

/** `open`: nothing is asked for; `half open`: one request tries whether the service is back; `closed`: everything is asked. */
export type CircuitStateName = 'closed' | 'open' | 'half open';

export type CircuitOptions = {
  /** Failures of the service in a row that open it. */
  readonly failures?: number;
  /** How long it stays open before one request may try, ms. */
  readonly openMs?: number;
  /** Told of every change. */
  readonly onChange?: (state: CircuitStateName) => void;
};

/** What a call came to, as far as the circuit looks at it. */
type Outcome = { readonly outcome: 'written' } | { readonly outcome: 'failed'; readonly why: WriteFailure };

export type Circuit = {
  /** Runs a call that does not throw, or answers undefined at once where the circuit does not let it through. */
  call<T extends Outcome>(run: () => Promise<T>): Promise<T | undefined>;
  state(): CircuitStateName;
};

const FAILURES = 5;
const OPEN_MS = 30_000;

/** What says that the service does not work for us. A bad answer does not: the next one may be good. */
const OF_THE_SERVICE: ReadonlySet<WriteFailure> = new Set([
  'throttled',
  'timed out',
  'unavailable',
  'denied',
  'unknown model',
]);

const isOfTheService = (result: unknown): boolean => {
  const answer = result as Outcome;
  return answer.outcome === 'failed' && OF_THE_SERVICE.has(answer.why);
};

const NAMES: Readonly<Record<CircuitState, CircuitStateName>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half open',
  [CircuitState.Isolated]: 'open',
};

/** A circuit breaker for the texts of one process. */
export const circuit = ({
  failures = FAILURES,
  openMs = OPEN_MS,
  onChange,
}: CircuitOptions = {}): Circuit => {
  const policy = circuitBreaker(handleWhenResult(isOfTheService), {
    halfOpenAfter: openMs,
    breaker: new ConsecutiveBreaker(failures),
  });
  policy.onStateChange((state) => onChange?.(NAMES[state]));
  return {
    call: async (run) => {
      // The library lets whoever comes during the trial wait for its end; readers of a page cannot.
      if (policy.state === CircuitState.HalfOpen) return undefined;
      let refused = true;
      try {
        return await policy.execute(() => {
          refused = false;
          return run();
        });
      } catch (error) {
        if (refused) return undefined;
        throw error;
      }
    },
    state: () => NAMES[policy.state],
  };
};
