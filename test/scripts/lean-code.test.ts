import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { transformSync } from 'esbuild';
import { lean } from '../../scripts/bundle/lean-code.ts';

const root = new URL('../../', import.meta.url);

const sources = (folder: string): (readonly [path: string, source: string])[] =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [path, readFileSync(new URL(`${folder}${path}`, root), 'utf8')] as const);

const count = (text: string, part: RegExp): number => text.match(part)?.length ?? 0;

describe('the source that goes into the bundles', () => {
  it.each(sources('contracts/'))('%s has every endpoint, without its example', (_, source) => {
    const left = lean(source);
    expect(() => transformSync(left, { loader: 'ts' })).not.toThrow();
    for (const part of [
      /^ {2}(operationId|summary|routes|caller|actsOnUser|request|responses|maxBodyBytes|extendProblem)\b/gm,
    ])
      expect(count(left, part)).toBe(count(source, part));
    expect(count(left, /^ {2}example:/gm)).toBe(0);
    expect(count(left, /\.meta\(/g)).toBe(0);
    expect(count(left, /@__PURE__/g)).toBe(count(source, /= defineEndpoint\(/g));
  });

  it.each(sources('adapters/dynamodb/access-patterns/'))('%s has every pattern and its name', (_, source) => {
    const left = lean(source);
    expect(() => transformSync(left, { loader: 'ts' })).not.toThrow();
    for (const part of [
      /= (?:\/\* @__PURE__ \*\/ )?accessPattern\(/g,
      /^ {4}name: '\w+',\n/gm,
      /^ {2}(async )?\(call/gm,
    ])
      expect(count(left, part)).toBe(count(source, part));
    expect(left).not.toMatch(/^ {4}question:/m);
  });

  it('has every schema that a contract declares, to the last refinement', () => {
    for (const [path, source] of sources('contracts/')) {
      const left = lean(source);
      const rest = source.replace(/^ {2}example: (?:\{.*\}|\{[\s\S]*?^ {2}\}),\n/gm, '');
      for (const part of [/\bz\.\w+\(/g, /\.(optional|refine|superRefine|pipe|transform|default|regex)\(/g])
        expect([path, count(left, part)]).toEqual([path, count(rest, part)]);
    }
  });

  it('leaves everything else as it is', () => {
    const source = 'export const a = other(() => 1);\nconst b = lazily(() => 2);\n';
    expect(lean(source)).toBe(source);
  });
});
