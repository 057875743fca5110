import { describe, expect, it } from '@jest/globals';
import { lazily, revalidated } from '../../../lambdas/runtime/lazily.ts';

describe('lazily', () => {
  it('makes a value once, also an undefined one', () => {
    let made = 0;
    const value = lazily(() => {
      made += 1;
    });
    value();
    value();
    expect(made).toBe(1);
  });

  it('tries again after a failure', () => {
    let attempts = 0;
    const value = lazily(() => {
      attempts += 1;
      if (attempts === 1) throw new Error('not yet');
      return attempts;
    });
    expect(value).toThrow('not yet');
    expect([value(), value()]).toEqual([2, 2]);
  });
});

/** A loader whose answers come when the test says so. */
const slowLoader = () => {
  const waiting: { resolve: (value: string) => void; reject: (error: Error) => void; before?: string }[] = [];
  const load = (before: string | undefined) =>
    new Promise<string>((resolve, reject) => waiting.push({ resolve, reject, before }));
  return { load, waiting };
};

const at = async <T>(elements: readonly T[], index: number): Promise<T> => {
  await Promise.resolve();
  return elements[index]!;
};

describe('revalidated', () => {
  it('loads once for many callers at the same time, and again only after its time', async () => {
    const { load, waiting } = slowLoader();
    const value = revalidated(load, () => 100);
    const callers = [value(0), value(0), value(1)];
    (await at(waiting, 0)).resolve('one');
    expect(await Promise.all(callers)).toEqual(['one', 'one', 'one']);
    expect(await value(99)).toBe('one');
    expect(waiting).toHaveLength(1);
    const later = [value(100), value(150)];
    const second = await at(waiting, 1);
    expect(second.before).toBe('one');
    second.resolve('two');
    expect(await Promise.all(later)).toEqual(['two', 'two']);
    expect(waiting).toHaveLength(2);
  });

  it('serves the value before when a reload fails, and tries again after its time', async () => {
    const { load, waiting } = slowLoader();
    const value = revalidated(load, () => 100);
    const first = value(0);
    (await at(waiting, 0)).resolve('one');
    await first;
    const stale = value(200);
    (await at(waiting, 1)).reject(new Error('store is down'));
    expect(await stale).toBe('one');
    expect(await value(250)).toBe('one');
    const fresh = value(301);
    (await at(waiting, 2)).resolve('two');
    expect(await fresh).toBe('two');
  });

  it('loads before its time where a fresh value is asked for, once for all who ask', async () => {
    const { load, waiting } = slowLoader();
    const value = revalidated(load, () => 100);
    const first = value(0);
    (await at(waiting, 0)).resolve('one');
    await first;
    const asked = [value.fresh(1), value.fresh(1)];
    (await at(waiting, 1)).resolve('two');
    expect(await Promise.all(asked)).toEqual(['two', 'two']);
    expect([await value(100), waiting.length]).toEqual(['two', 2]);
  });

  it('fails where there is no value before, and does not keep the failure', async () => {
    const { load, waiting } = slowLoader();
    const value = revalidated(load, () => 100);
    const failing = Promise.allSettled([value(0), value(0)]);
    (await at(waiting, 0)).reject(new Error('store is down'));
    expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const again = value(1);
    (await at(waiting, 1)).resolve('one');
    expect(await again).toBe('one');
  });
});
