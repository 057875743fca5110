import { describe, expect, it } from '@jest/globals';
import { actingUser, type Caller, callerFrom, mayActFor, requireKind } from '../../../core/access/caller.ts';
import { Forbidden, Invalid } from '../../../core/errors.ts';

const ada: Caller = { sub: 'ada', kind: 'user' };
const backend: Caller = { sub: 'backend', kind: 'service' };

describe('the kind of a caller', () => {
  it.each([
    ['no scope', [], [], 'user'],
    ['scopes of others', ['openid', 'profile', 'other/admin'], [], 'user'],
    ['the service scope', ['openid', 'personalization/service'], [], 'service'],
    ['the admin scope', ['personalization/admin'], [], 'admin'],
    ['the service group', [], ['service'], 'service'],
    ['the highest of both', ['personalization/service'], ['readers', 'admin'], 'admin'],
    ['the highest in any order', [], ['admin', 'service'], 'admin'],
    ['a group name as scope', ['admin', 'service'], [], 'user'],
    ['a scope name as group', [], ['personalization/admin'], 'user'],
    [
      'names that every object has',
      ['constructor', '__proto__'],
      ['constructor', 'toString', '__proto__'],
      'user',
    ],
    ['another case', ['Personalization/Admin'], ['ADMIN'], 'user'],
  ] as const)('%s', (_, scopes, groups, kind) => {
    expect(callerFrom('x', scopes, groups)).toEqual({ sub: 'x', kind });
  });

  it('reaches its own rank and those below', () => {
    const ranks = ['nobody', 'user', 'service', 'admin'] as const;
    for (const kind of ['user', 'service', 'admin'] as const) {
      for (const required of ranks) {
        const allowed = ranks.indexOf(kind) >= ranks.indexOf(required);
        const ask = () => requireKind({ sub: 'x', kind }, required);
        if (allowed) expect(ask).not.toThrow();
        else expect(ask).toThrow(Forbidden);
      }
    }
  });
});

describe('which user a request is about', () => {
  it('is named by path, else body, else query, else header, else the token', () => {
    expect(actingUser(backend, { path: 'a', body: 'a', header: 'a' })).toBe('a');
    expect(actingUser(backend, { body: 'b' })).toBe('b');
    expect(actingUser(backend, { query: 'c' })).toBe('c');
    expect(actingUser(backend, { header: 'd' })).toBe('d');
    expect(actingUser(backend, {})).toBe('backend');
    expect(actingUser(ada, { header: 'ada', path: 'ada' })).toBe('ada');
  });

  it('is refused where two are named, whoever asks and even if one is the caller', () => {
    expect(() => actingUser(backend, { path: 'a', header: 'b' })).toThrow(Invalid);
    expect(() => actingUser(ada, { body: 'ada', header: 'bob' })).toThrow(Invalid);
  });

  it('is forbidden where a user names somebody else', () => {
    for (const part of ['path', 'body', 'query', 'header'] as const)
      expect(() => actingUser(ada, { [part]: 'bob' })).toThrow(Forbidden);
    expect(mayActFor(ada, 'bob')).toBe(false);
    expect(mayActFor(backend, 'bob')).toBe(true);
  });
});
