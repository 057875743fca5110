import { Conflict, Invalid } from '../errors.ts';
import { type Author, changeOf, type Intent } from './change-of.ts';
import { type DefinitionKind, isInForce } from './definition-kind.ts';
import type { Change, DefinitionSet } from './types.ts';

const ATTEMPTS = 12;

/** Decides from what is there now; undefined where there is nothing to change. */
export type Decide<Body> = (newest: Change<Body> | undefined) => Intent<Body> | undefined;

const assertAllowed = async <Body>(
  kind: DefinitionKind<Body>,
  set: DefinitionSet<Body>,
  { body }: Intent<Body>,
  newest: Change<Body> | undefined,
): Promise<void> => {
  if (body === null) return;
  const before = newest && isInForce(newest) ? newest : undefined;
  if (!before && set.defined.length >= kind.most) {
    const message = `there are ${kind.most} ${kind.word}s, the most that there may be: delete one first`;
    throw new Invalid([{ path: `${kind.word}s`, message }]);
  }
  const faults = (await kind.check?.(body, set, before)) ?? [];
  if (faults.length > 0) throw new Invalid(faults);
};

/**
 * Decides and appends, again from the beginning where somebody else was first. Answers the change, or the newest one where there was
 * nothing to change.
 *
 * @throws Invalid where there are as many as there may be, or `check` finds faults
 * @throws Conflict where others were first a dozen times
 */
export const appendChange = async <Body>(
  kind: DefinitionKind<Body>,
  id: string,
  decide: Decide<Body>,
  by: Author,
): Promise<Change<Body>> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 0) await kind.pause?.(attempt);
    const set = await kind.store.load();
    // Read after the set: what is not newer than the set is the newest as of the set.
    const newest = set.defined.find((one) => one.id === id) ?? (await kind.store.get(id));
    if (newest && newest.setVersion > set.version) continue;
    const intent = decide(newest);
    if (!intent) return newest as Change<Body>;
    await assertAllowed(kind, set, intent, newest);
    const next = changeOf(intent, { id, setVersion: set.version + 1, before: newest, by });
    if (await kind.store.append(next)) return next;
  }
  throw new Conflict(`The ${kind.word}s kept changing: try again`);
};
