import { Conflict, Invalid, NotFound } from '../errors.ts';
import { sameJson } from '../same-json.ts';
import { appendChange, type Decide } from './append-change.ts';
import type { Author } from './change-of.ts';
import { type DefinitionKind, isInForce } from './definition-kind.ts';
import type { Change, Defined } from './types.ts';

const inForce = <Body>(
  kind: DefinitionKind<Body>,
  id: string,
  newest: Change<Body> | undefined,
): Defined<Body> => {
  if (!newest || !isInForce(newest)) throw new NotFound(`There is no ${kind.word} "${id}"`);
  return newest;
};

const assertCurrent = <Body>(
  kind: DefinitionKind<Body>,
  present: Defined<Body>,
  version: number | undefined,
): void => {
  if (version === undefined || version === present.version) return;
  throw new Conflict(
    `The ${kind.word} is at version ${present.version}, not ${version}: read it again and repeat the change on it`,
  );
};

/**
 * Brings a new definition into force. A repeat with the same id answers what the first made.
 *
 * @throws Invalid where there are as many as there may be, or `check` finds faults
 * @throws Conflict where the id was used and deleted
 */
export const createDefinition = async <Body>(
  kind: DefinitionKind<Body>,
  { id, body }: { readonly id: string; readonly body: Body },
  by: Author,
): Promise<Defined<Body>> => {
  const decide: Decide<Body> = (newest) => {
    if (newest && !isInForce(newest)) throw new Conflict(`The ${kind.word} "${id}" was deleted`);
    return newest ? undefined : { action: 'created', body };
  };
  return (await appendChange(kind, id, decide, by)) as Defined<Body>;
};

/**
 * Replaces a definition. `body` may be a function of the present one. Without a version the newest is replaced.
 *
 * @throws NotFound where it is not in force
 * @throws Conflict where `version` is not the present one
 * @throws Invalid for what `check` finds
 */
export const changeDefinition = async <Body extends object>(
  kind: DefinitionKind<Body>,
  {
    id,
    body,
    version,
  }: { readonly id: string; readonly body: Body | ((present: Body) => Body); readonly version?: number },
  by: Author,
): Promise<Defined<Body>> => {
  const decide: Decide<Body> = (newest) => {
    const present = inForce(kind, id, newest);
    assertCurrent(kind, present, version);
    return { action: 'updated', body: typeof body === 'function' ? body(present.body) : body };
  };
  return (await appendChange(kind, id, decide, by)) as Defined<Body>;
};

/**
 * Puts an earlier version's body in force again, as a new version; also after a deletion. Where that body is in force already,
 * nothing changes: a repeat makes no further version.
 *
 * @throws NotFound for a version that never was, or is no longer known
 * @throws Invalid for a version that is a deletion, or a body that is not allowed any more
 */
export const restoreDefinition = async <Body>(
  kind: DefinitionKind<Body>,
  { id, version }: { readonly id: string; readonly version: number },
  by: Author,
): Promise<Defined<Body>> => {
  const earlier = await kind.store.getVersion(id, version);
  if (!earlier) throw new NotFound(`There is no version ${version} of the ${kind.word} "${id}"`);
  const { body } = earlier;
  if (body === null) {
    throw new Invalid([{ path: 'version', message: `version ${version} is the deletion: name another` }]);
  }
  const decide: Decide<Body> = (newest) =>
    sameJson(newest?.body, body) ? undefined : { action: 'restored', body };
  return (await appendChange(kind, id, decide, by)) as Defined<Body>;
};

/**
 * Takes a definition out of force; its versions stay known.
 *
 * @throws NotFound where it is not in force
 * @throws Conflict where `version` is not the present one
 */
export const deleteDefinition = async <Body>(
  kind: DefinitionKind<Body>,
  { id, version }: { readonly id: string; readonly version?: number },
  by: Author,
): Promise<Change<Body>> => {
  const decide: Decide<Body> = (newest) => {
    assertCurrent(kind, inForce(kind, id, newest), version);
    return { action: 'deleted', body: null };
  };
  return appendChange(kind, id, decide, by);
};
