export type FieldError = { readonly path: string; readonly message: string };

/** By which logs name them: bundles shorten the names of classes. */
const NAMES = {
  validation: 'Invalid',
  unauthorized: 'Unauthorized',
  forbidden: 'Forbidden',
  'not-found': 'NotFound',
  conflict: 'Conflict',
  'payload-too-large': 'PayloadTooLarge',
  'rate-limited': 'RateLimited',
  unavailable: 'Unavailable',
} as const;

/** What can go wrong by the product's own rules. The edge maps `kind` to a status; core knows no HTTP. */
export class DomainError extends Error {
  readonly kind: keyof typeof NAMES;
  readonly errors: readonly FieldError[];

  constructor(kind: DomainError['kind'], message: string, errors: readonly FieldError[] = []) {
    super(message);
    this.name = NAMES[kind];
    this.kind = kind;
    this.errors = errors;
  }
}

/** Input that parses but breaks a rule; names the fields. */
export class Invalid extends DomainError {
  constructor(errors: readonly FieldError[], message = 'The request is not valid') {
    super('validation', message, errors);
  }
}

/** The caller may not do this, whether or not the thing exists. */
export class Forbidden extends DomainError {
  constructor(message = 'You may not act for this user') {
    super('forbidden', message);
  }
}

/** Nobody is known to ask. */
export class Unauthorized extends DomainError {
  constructor() {
    super('unauthorized', 'The request carries no valid token');
  }
}

/** The caller asks more often than it may. */
export class RateLimited extends DomainError {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('rate-limited', `Too many requests: ask again in ${retryAfterSeconds} s`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The named thing does not exist. */
export class NotFound extends DomainError {
  constructor(message: string) {
    super('not-found', message);
  }
}

/** Somebody else changed it first, or the same key came with another body. */
export class Conflict extends DomainError {
  constructor(message: string) {
    super('conflict', message);
  }
}

/** A part that is needed does not answer now; the same request may succeed later. */
export class Unavailable extends DomainError {
  constructor(message: string) {
    super('unavailable', message);
  }
}
