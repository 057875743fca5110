import * as z from 'zod';

/** Problem kinds of api.md section 1 with their status and title. */
export const problems = {
  validation: { status: 400, title: 'The request is not valid' },
  unauthorized: { status: 401, title: 'A valid token is needed' },
  forbidden: { status: 403, title: 'Not allowed' },
  'not-found': { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Conflict' },
  'payload-too-large': { status: 413, title: 'The request is too large' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'Not available right now' },
} as const;

export type ProblemType = keyof typeof problems;

/** What OpenFeature's providers look for in a failure (OFREP 0.3); members of the problem documents of its endpoints alone. */
const ofrepFailure = {
  key: z.string().optional().meta({ description: 'OFREP: the flag that was asked for' }),
  errorCode: z
    .enum(['PARSE_ERROR', 'TARGETING_KEY_MISSING', 'INVALID_CONTEXT', 'FLAG_NOT_FOUND', 'GENERAL'])
    .optional()
    .meta({ description: 'OFREP: kind of failure in the words of OpenFeature' }),
  errorDetails: z.string().optional().meta({ description: 'OFREP: what is wrong, for logs' }),
};

/** RFC 9457 problem document, `application/problem+json`. */
export const problemDocument = z
  .object({
    type: z.enum(Object.keys(problems) as [ProblemType, ...ProblemType[]]),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    ...ofrepFailure,
  })
  .meta({ id: 'Problem' });

export type ProblemDocument = z.output<typeof problemDocument>;

/** Builds the document for one problem; `errors` names the fields where there are any. */
export const problem = (
  type: ProblemType,
  detail: string,
  requestId: string,
  errors?: readonly { path: string; message: string }[],
): ProblemDocument => ({
  type,
  title: problems[type].title,
  status: problems[type].status,
  detail,
  requestId,
  ...(errors && errors.length > 0 ? { errors: [...errors] } : {}),
});
