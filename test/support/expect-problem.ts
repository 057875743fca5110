import { expect } from '@jest/globals';
import { type ProblemDocument, type ProblemType, problemDocument, problems } from '../../contracts/errors.ts';
import type { Answer } from './engine.ts';

/** What would tell an outsider how the engine is built: stack frames, files, resources, libraries. */
const INTERNALS =
  /node_modules|\.ts\b|\bat \w+ \(|dynamo|attune-test|127\.0\.0\.1|ZodError|TypeError|undefined/i;

/** The answer is the problem document of api.md, of this type, and says nothing about the inside. */
export const expectProblem = (answer: Answer, type: ProblemType): ProblemDocument => {
  expect(answer.body).toMatchObject({ type, status: problems[type].status });
  expect(answer.status).toBe(problems[type].status);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.headers['x-request-id']).toBe(answer.body.requestId);
  expect(answer.text).not.toMatch(INTERNALS);
  return problemDocument.strict().parse(answer.body);
};

/** A refused request, with a row that names the field (or what lies around or in it), and one row per field only. */
export const expectRefused = (answer: Answer, path?: string): void => {
  const { errors = [] } = expectProblem(answer, 'validation');
  const paths = errors.map((row) => row.path);
  expect(paths.length).toBeGreaterThan(0);
  expect(new Set(paths).size).toBe(paths.length);
  if (path === undefined) return;
  const named = paths.some((one) => path.startsWith(one) || one.startsWith(path));
  expect(named ? path : `${path} is not among ${paths.join(', ')}`).toBe(path);
};
