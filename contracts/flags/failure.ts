import type { ProblemDocument } from '../errors.ts';

type ErrorCode = NonNullable<ProblemDocument['errorCode']>;

const TARGETING_KEY = 'context.targetingKey';
const MISSING = 'is required';
const LONGEST_KEY = 256;
const ROWS_TOLD = 3;

const codeOfRows = (rows: NonNullable<ProblemDocument['errors']>): ErrorCode => {
  const paths = rows.map(({ path }) => path);
  if (paths.includes('body')) return 'PARSE_ERROR';
  if (rows.some(({ path, message }) => path === TARGETING_KEY && message === MISSING))
    return 'TARGETING_KEY_MISSING';
  return paths.some((path) => path === 'context' || path.startsWith('context.'))
    ? 'INVALID_CONTEXT'
    : 'GENERAL';
};

const codeOf = ({ type, errors = [] }: ProblemDocument): ErrorCode => {
  if (type === 'not-found') return 'FLAG_NOT_FOUND';
  return type === 'validation' ? codeOfRows(errors) : 'GENERAL';
};

const detailsOf = ({ detail, errors = [] }: ProblemDocument): string =>
  errors.length === 0
    ? detail
    : errors
        .slice(0, ROWS_TOLD)
        .map(({ path, message }) => `${path} ${message}`)
        .join('; ');

/**
 * A problem document that is a failure of OFREP too (`evaluationFailure`, `flagNotFound`, `bulkEvaluationFailure`): the extension
 * members that RFC 9457 allows carry its `errorCode`, `errorDetails` and, for a single flag, its `key`.
 */
export const withFailure = (
  document: ProblemDocument,
  { key }: Readonly<Record<string, string>>,
): ProblemDocument => ({
  ...document,
  ...(key === undefined ? {} : { key: key.slice(0, LONGEST_KEY) }),
  errorCode: codeOf(document),
  errorDetails: detailsOf(document),
});
