export type FieldError = { readonly path: string; readonly message: string };

/** What can go wrong by the product's own rules. The edge maps `kind` to a status; core knows no HTTP. */
export class DomainError extends Error {
  readonly kind: 'validation' | 'forbidden' | 'not-found' | 'conflict' | 'payload-too-large' | 'unavailable';
  readonly errors: readonly FieldError[];

  constructor(kind: DomainError['kind'], message: string, errors: readonly FieldError[] = []) {
    super(message);
    this.name = new.target.name;
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
