import type { Update, UpdateStore } from './ports.ts';
import { updateId } from './update-id.ts';

/** What a user sees first: below it, a change of the list is no news. */
const TOP = 5;

/** Whether other items stand at the top of a list than before; their order among themselves is no news. */
export const isTopChanged = (before: readonly string[], after: readonly string[]): boolean => {
  const top = new Set(before.slice(0, TOP));
  const now = after.slice(0, TOP);
  return now.length !== top.size || now.some((itemId) => !top.has(itemId));
};

/** Tells a user of new recommendations. `at` in ms since the epoch; `model`: the version from which they are. */
export const tellOfNewList = (
  updates: Pick<UpdateStore, 'put'>,
  { userId, model, at }: { readonly userId: string; readonly model: number; readonly at: number },
): Promise<void> => {
  const update: Update = {
    id: updateId(at, `recommendations ${model}`),
    kind: 'recommendations',
    at,
    about: `model ${model}`,
    title: 'There are new recommendations',
  };
  return updates.put(userId, update);
};
