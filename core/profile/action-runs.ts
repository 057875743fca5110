import type { Behaviour, RecentEntry } from './behaviour.ts';
import { recentEntries } from './recent.ts';

/** After a pause of this length, the next action does not follow from the one before. */
const PAUSE_MS = 30 * 60_000;

/** What an interaction is called in sequences: its feature, else its type with the kind of content (`view:course`). */
export const actionName = ([, , type, , contentType, feature]: RecentEntry): string => {
  if (feature !== '') return feature;
  return contentType === '' ? type : `${type}:${contentType}`;
};

/** Recent actions, oldest first, cut where the user paused for more than half an hour. */
export const actionRuns = (behaviour: Behaviour): string[][] => {
  const runs: string[][] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const entry of recentEntries(behaviour).reverse()) {
    if (entry[0] - before > PAUSE_MS) runs.push([]);
    runs.at(-1)?.push(actionName(entry));
    before = entry[0];
  }
  return runs;
};
