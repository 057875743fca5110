import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import type { EndpointShape } from '../../contracts/endpoint.ts';
import { endpoints } from '../../contracts/registry.ts';
import { withoutForeignMethods } from '../../scripts/bundle/lean-zod.ts';

type Bundled = { endpoints: readonly EndpointShape[] };

const folder = mkdtempSync(join(tmpdir(), 'attune-zod-'));
const root = join(import.meta.dirname, '..', '..');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bundle = async (name: string, contents: string): Promise<string> => {
  const outfile = join(folder, name);
  await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    plugins: [withoutForeignMethods],
    outfile,
  });
  return outfile;
};

/** What a schema makes of a value: the value, or where it finds which faults. */
const understood = ({ request }: EndpointShape, value: unknown) =>
  [request.params, request.query, request.body].map((schema) => {
    const result = schema?.safeParse(value);
    return result?.success
      ? result.data
      : result?.error.issues.map(({ path, code, message }) => [path, code, message]);
  });

const odd = [undefined, null, 7, 'text', [], { userId: 'a b', limit: '0', from: 'yesterday', rating: 9 }];

describe('the zod that goes into the bundles', () => {
  it('understands every request as the whole one does, and finds the same faults in the same words', async () => {
    const file = await bundle('contracts.mjs', "export { endpoints } from './contracts/registry.ts';");
    const { endpoints: lean } = (await import(file)) as Bundled;
    expect(lean.map(({ operationId }) => operationId)).toEqual(
      endpoints.map(({ operationId }) => operationId),
    );
    for (const [at, endpoint] of endpoints.entries()) {
      const { params, query, body } = endpoint.example;
      for (const value of [params, query, body, ...odd])
        expect([endpoint.operationId, understood(lean[at]!, value)]).toEqual([
          endpoint.operationId,
          understood(endpoint, value),
        ]);
    }
  });

  it('holds neither classes nor helpers that nothing here asks for', async () => {
    const file = await bundle(
      'one.mjs',
      "import * as z from 'zod'; export const a = z.object({ b: z.string() });",
    );
    const text = readFileSync(file, 'utf8');
    const foreign = ['ZodJWT', 'ZodBigInt', 'ZodIntersection', 'ZodCyclicError', 'createTransparentProxy'];
    expect(foreign.filter((name) => text.includes(name))).toEqual([]);
  });

  it('has lost what it is said to have lost, and nothing else: what the patterns look for is there', async () => {
    const file = await bundle('zod.mjs', "export { string } from 'zod';");
    const { string } = (await import(file)) as { string(): Record<string, unknown> };
    const text = string();
    for (const method of ['email', 'uuid', 'jwt', 'startsWith', 'and', 'decode'])
      expect([method, typeof text[method]]).toEqual([method, 'undefined']);
    for (const method of ['min', 'max', 'regex', 'trim', 'optional', 'default', 'refine', 'safeParse'])
      expect([method, typeof text[method]]).toEqual([method, 'function']);
  });
});
