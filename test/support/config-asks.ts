import { expect } from '@jest/globals';
import { SECOND } from './clock.ts';
import type { Answer, Engine } from './engine.ts';
import { asAdmin, asUser, type TestRequest } from './http-event.ts';

/** Longer than a set of rules or experiments stays unquestioned in a process. */
export const REVALIDATED = 11 * SECOND;

export type Asked = Partial<TestRequest> & { attributes?: object; context?: string; device?: unknown };

/** A condition that only this user meets. */
export const onlyFor = (userId: string) => ({ '==': [{ var: 'user.userId' }, userId] });

/** Questions for configs, and what changes them, to one engine. */
export const configAsks = (engine: Engine) => {
  const ask = (userId: string, { attributes, context = 'dashboard', device, ...request }: Asked = {}) =>
    engine.call('decideConfig', {
      claims: asUser(userId),
      body: { context, ...(attributes && { attributes }), ...(device !== undefined && { device }) },
      ...request,
    });
  const good = async (userId: string, asked: Asked = {}): Promise<Answer['body']> => {
    const answer = await ask(userId, asked);
    expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
    return answer.body;
  };
  let rules = 0;
  /** Makes a rule and waits until every process knows it. */
  const rule = async (parts: object): Promise<Answer['body']> => {
    rules += 1;
    const body = { name: `rule ${rules}`, condition: true, actions: { theme: 'dark' }, ...parts };
    const made = await engine.good('createRule', { claims: asAdmin(), body });
    engine.clock.advance(REVALIDATED);
    return made;
  };
  /** Tracks so many interactions in bulk, and waits until they are folded. */
  const tracked = async (userId: string, count: number, parts: object): Promise<void> => {
    const interactions = Array.from({ length: count }, () => ({ type: 'click', ...parts }));
    await engine.good('trackInteractions', { claims: asUser(userId), body: { interactions } });
    expect(await engine.drainQueue()).toBe(0);
  };
  return { ask, good, rule, tracked };
};
