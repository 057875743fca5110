import { activityHour } from './activity-hour.ts';
import { foldPage } from './fold-page.ts';
import type { Fold, JournalPage, JournalState, JournalStore } from './ports.ts';
import { OPEN_FACTS, OPEN_FACTS_WHEN_MARKING, sealFacts } from './seal-facts.ts';

export type PageCommit = {
  readonly store: JournalStore;
  readonly fold: Fold;
  readonly userId: string;
  /** The committed state; the page follows it. */
  readonly state: JournalState;
  readonly page: JournalPage;
};

/** Marks the user's activity in the hour of the page, unless the state says that it is marked. */
export const markActivity = async (
  store: JournalStore,
  userId: string,
  state: JournalState,
  page: JournalPage,
): Promise<void> => {
  const hour = activityHour(page.recordedAt);
  if (state.markedHour !== hour) await store.markActive(userId, hour);
};

/**
 * Folds a written page whose activity is marked and commits the result, ledger first. Answers the new state, or
 * undefined when somebody else committed in between; nothing is lost then, since they can only have folded this page.
 */
export const commitPage = async ({
  store,
  fold,
  userId,
  state,
  page,
}: PageCommit): Promise<JournalState | undefined> => {
  const markedHour = activityHour(page.recordedAt);
  const limit = state.markedHour === markedHour ? OPEN_FACTS : OPEN_FACTS_WHEN_MARKING;
  const sealed = sealFacts({ ...foldPage(state, page, fold), markedHour }, limit);
  await Promise.all(sealed.runs.map((run) => store.putRun(userId, run)));
  const committed = await store.commit(userId, sealed.state, state);
  return committed ? sealed.state : undefined;
};
