import { Forbidden, Invalid } from '../errors.ts';

/** Who asks, as the token says. A service acts for any user; an admin may do all. */
export type Caller = { readonly sub: string; readonly kind: 'user' | 'service' | 'admin' };

const RANK = { nobody: 0, user: 1, service: 2, admin: 3 } as const;

/** Scope or group names that raise a caller above `user` (api.md section 1). */
const GRANTS: ReadonlyMap<string, Caller['kind']> = new Map([
  ['personalization/service', 'service'],
  ['service', 'service'],
  ['personalization/admin', 'admin'],
  ['admin', 'admin'],
]);

/** The caller behind a token's subject, scopes and groups; the highest grant counts. */
export const callerFrom = (sub: string, scopes: readonly string[], groups: readonly string[]): Caller => {
  const kinds = [
    ...scopes.filter((scope) => scope.includes('/')),
    ...groups.filter((group) => !group.includes('/')),
  ]
    .map((name) => GRANTS.get(name))
    .filter((kind) => kind !== undefined);
  return { sub, kind: kinds.includes('admin') ? 'admin' : (kinds[0] ?? 'user') };
};

/** Throws `Forbidden` unless the caller reaches the kind that an endpoint asks for. */
export const requireKind = (caller: Caller, required: keyof typeof RANK): void => {
  if (RANK[caller.kind] < RANK[required]) throw new Forbidden(`This needs a caller of kind "${required}"`);
};

/** Where a request may name its user, in the order in which they count. */
export type NamedUsers = { path?: string; body?: string; query?: string; header?: string };

/** True where the caller may read and write this user's data. */
export const mayActFor = (caller: Caller, userId: string): boolean =>
  caller.kind !== 'user' || caller.sub === userId;

/**
 * The user that a request is about: path, else body, else query, else header, else the caller.
 * Throws `Invalid` where two different users are named and `Forbidden` where a user names somebody else, known or not.
 */
export const actingUser = (caller: Caller, named: NamedUsers): string => {
  const names = [named.path, named.body, named.query, named.header].filter((name) => name !== undefined);
  if (new Set(names).size > 1)
    throw new Invalid([{ path: 'userId', message: 'two different users are named' }]);
  const userId = names[0] ?? caller.sub;
  if (!mayActFor(caller, userId)) throw new Forbidden();
  return userId;
};
