import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { products } from '../../../scripts/demo/products/all.ts';

const script = fileURLToPath(new URL('../../../scripts/demo.ts', import.meta.url));

/** Where the walk-through puts its folders. */
const temporary = mkdtempSync(join(tmpdir(), 'demo-test-'));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const run = async (...args: string[]) => {
  const child = spawn(process.execPath, [script, ...args], { env: { ...process.env, TMPDIR: temporary } });
  let [out, errors] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, out, errors };
};

describe('a week of', () => {
  it.each(products.map(({ name }) => name))(
    '%s is played to its end, on a server of its own',
    async (name) => {
      const { code, out, errors } = await run(name, '--fast');
      expect([errors, code]).toEqual(['', 0]);
      for (const day of ['Day 1 of 7', 'Day 7 of 7', 'What a week changed']) expect(out).toContain(day);
      expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
      expect(out).not.toContain('\u001B');
      expect(readdirSync(temporary)).toEqual([]);
    },
  );
});

describe('what cannot be played', () => {
  it('is refused with the products there are', async () => {
    for (const args of [[], ['books'], ['film', 'saas'], ['film', '--speed']]) {
      const { code, out, errors } = await run(...args);
      expect([code, out]).toEqual([1, '']);
      expect(errors).toContain('learning|video|film|real-estate|saas');
    }
  });

  it('says which server does not answer', async () => {
    const { code, errors } = await run('film', '--url', 'http://127.0.0.1:9/api');
    expect(code).toBe(1);
    expect(errors).toContain('http://127.0.0.1:9/local/token was not answered');
  });
});
