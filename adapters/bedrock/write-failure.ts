import type { WriteFailure } from '../../core/insights/types.ts';

/** What the SDK throws, as far as it is looked at. */
type Fault = {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
};

/** Names of faults (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html, and those of signing). */
const BY_NAME: Readonly<Record<string, WriteFailure>> = {
  ThrottlingException: 'throttled',
  ServiceQuotaExceededException: 'throttled',
  TooManyRequestsException: 'throttled',
  AccessDeniedException: 'denied',
  CredentialsProviderError: 'denied',
  ExpiredTokenException: 'denied',
  IncompleteSignature: 'denied',
  InvalidSignatureException: 'denied',
  MissingAuthenticationTokenException: 'denied',
  UnrecognizedClientException: 'denied',
  ResourceNotFoundException: 'unknown model',
  ModelTimeoutException: 'timed out',
  AbortError: 'timed out',
  InternalServerException: 'unavailable',
  ModelErrorException: 'unavailable',
  ModelNotReadyException: 'unavailable',
  ServiceUnavailableException: 'unavailable',
  // The client sets a limit for connecting only.
  TimeoutError: 'unavailable',
  SyntaxError: 'malformed',
};

const BY_STATUS: Readonly<Record<number, WriteFailure>> = {
  400: 'malformed',
  401: 'denied',
  403: 'denied',
  404: 'unknown model',
  408: 'timed out',
  429: 'throttled',
};

/** A request that this model does not take: its id is none, it needs an inference profile, it has no tools. */
const ABOUT_THE_MODEL = /model/i;
const ABOUT_THE_PROMPT = /too long|too many|tokens/i;

const ofValidation = (message: string): WriteFailure =>
  ABOUT_THE_MODEL.test(message) && !ABOUT_THE_PROMPT.test(message) ? 'unknown model' : 'malformed';

const ofStatus = (status: number | undefined): WriteFailure => {
  if (status === undefined) return 'unavailable';
  // An answer that came, and could not be read.
  return BY_STATUS[status] ?? (status < 300 ? 'malformed' : 'unavailable');
};

/** Why a model wrote nothing, from what the client threw. */
export const writeFailureOf = (error: unknown): WriteFailure => {
  const { name = '', message = '', $metadata } = (error ?? {}) as Fault;
  if (name === 'ValidationException') return ofValidation(message);
  return BY_NAME[name] ?? ofStatus($metadata?.httpStatusCode);
};
