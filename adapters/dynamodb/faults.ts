import { Unavailable } from '../../core/errors.ts';

const TEMPORARY = new Set([
  'InternalServerError',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ServiceUnavailable',
  'ThrottlingException',
  'TimeoutError',
]);

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | undefined)?.code;

export const isFailedCondition = (error: unknown): boolean =>
  nameOf(error) === 'ConditionalCheckFailedException';

/** What the client gave up on after its retries becomes `Unavailable`; a mistake of ours stays what it is. */
export const asDomainError = (error: unknown): unknown => {
  const temporary =
    TEMPORARY.has(nameOf(error)) || ['ECONNREFUSED', 'ECONNRESET'].includes(String(codeOf(error)));
  if (!temporary) return error;
  return Object.assign(new Unavailable('The table does not answer now'), { cause: error });
};
