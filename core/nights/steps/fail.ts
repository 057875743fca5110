import type { ModelCard, TrainingDataCard } from '../../models/model-card.ts';
import type { ExportSize } from '../formats.ts';
import { keys } from '../keys.ts';
import type { NightPorts, NightStep } from '../ports.ts';
import type { ModelDocument } from '../training/model-document.ts';
import { startOf } from './promote.ts';

/** What the state machine caught. */
export type Failure = { readonly Error?: string; readonly Cause?: string };

/** A Distributed Map says only that one of its copies failed; the copy itself has said why before. */
const WITHOUT_REASON = 'States.ExceedToleratedFailureThreshold';

/** A failed Lambda's cause is a document that holds its message. */
const messageOf = ({ Error: name = 'the step failed', Cause = '' }: Failure): string => {
  try {
    const { errorMessage, errorType } = JSON.parse(Cause) as { errorMessage?: string; errorType?: string };
    if (errorMessage) return `${errorType ?? name}: ${errorMessage}`;
  } catch {
    // Not a document: the cause is the message.
  }
  return Cause ? `${name}: ${Cause}` : name;
};

const dataOf = (
  document: ModelDocument | undefined,
  size: ExportSize | undefined,
): TrainingDataCard | undefined => {
  if (document) return document.data;
  if (!size) return undefined;
  const { interactions, users, firstAt, lastAt, leftOut, skipped } = size;
  return { interactions, users, items: 0, firstAt, lastAt, leftOut, skipped };
};

/** The card of a run that failed after its model went into service says so; the model stays there. */
const failedCard = (before: ModelCard | undefined, fresh: ModelCard): ModelCard =>
  before?.decision === 'promoted'
    ? { ...before, finishedAt: fresh.finishedAt, reason: `${before.reason}; afterwards: ${fresh.reason}` }
    : { ...before, ...fresh };

/** Step `fail`: writes the model card of a run that failed, with the reason; the model in service stays. */
export const fail = async (ports: NightPorts, { runId, now, failure }: NightStep & { failure?: Failure }) => {
  const reason = messageOf(failure ?? {});
  const startedAt = (await startOf(ports, runId)) ?? now;
  const before = await ports.registry.getCard({ startedAt, runId });
  if (before?.decision === 'failed' && failure?.Error === WITHOUT_REASON) return { reason: before.reason };
  const size = (await ports.objects.getJson(keys.size(runId))) as ExportSize | undefined;
  const document = (await ports.objects.getJson(keys.model(runId))) as ModelDocument | undefined;
  const data = dataOf(document, size);
  await ports.registry.putCard(
    failedCard(before, {
      runId,
      startedAt,
      finishedAt: now,
      decision: 'failed',
      reason,
      ...(size && { engine: size.engine }),
      ...(data && { data }),
      models: [],
    }),
  );
  ports.progress('a run failed', { runId, reason });
  return { reason };
};
