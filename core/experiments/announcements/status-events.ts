import type { Change } from '../../definitions/types.ts';
import type { ExperimentEvent } from '../../events/ports.ts';
import type { ExperimentBody } from '../types.ts';
import type { Announced } from './types.ts';

const WORDS = { created: 'made', updated: 'changed', restored: 'restored', deleted: 'deleted' } as const;

const after = ({ version, body }: Change<ExperimentBody>, before: Announced): Announced => ({
  ...before,
  version,
  status: body?.status ?? 'deleted',
  key: body?.key ?? before.key,
});

const eventOf = (
  change: Change<ExperimentBody>,
  from: Announced['status'],
  { status, key }: Announced,
): ExperimentEvent => ({
  id: `${change.id}@${change.version}`,
  type: 'ExperimentStatusChanged',
  experimentId: change.id,
  key,
  from,
  to: String(status),
  reason: change.reason ?? `The experiment was ${WORDS[change.action]} by ${change.changedBy}`,
  by: change.changedBy,
  at: change.changedAt,
});

/** Changes of one experiment since `before`, oldest first, as events: one for each that left it in another status. And what is told then. */
export const statusEvents = (
  changes: readonly Change<ExperimentBody>[],
  before: Announced,
): { readonly events: readonly ExperimentEvent[]; readonly announced: Announced } => {
  const events: ExperimentEvent[] = [];
  let announced = before;
  for (const change of changes) {
    const next = after(change, announced);
    if (next.status !== announced.status) events.push(eventOf(change, announced.status, next));
    announced = next;
  }
  return { events, announced };
};
