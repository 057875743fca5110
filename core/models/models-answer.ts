import type { ListedModel } from './list-models.ts';
import type { AuditRow, ModelCard, ModelPart } from './model-card.ts';

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

const dataAnswer = ({ firstAt, lastAt, leftOut, skipped, ...counts }: NonNullable<ModelCard['data']>) => ({
  ...counts,
  from: isoOrNull(firstAt),
  to: isoOrNull(lastAt),
  leftOut: { ...leftOut },
  skipped: { ...skipped },
});

const rowAnswer = ({ group, metrics }: AuditRow) => ({ group, metrics: { ...metrics } });

const evaluationAnswer = ({ splitAt, ...evaluation }: NonNullable<ModelCard['evaluation']>) => ({
  ...evaluation,
  splitAt: isoOrNull(splitAt),
  popularityDeciles: evaluation.popularityDeciles.map(rowAnswer),
  groups: evaluation.groups.map(rowAnswer),
});

const partAnswer = ({ parameters, metrics, baseline, inService, ...part }: ModelPart) => ({
  ...part,
  ...(parameters && { parameters: { ...parameters } }),
  ...(metrics && { metrics: { ...metrics } }),
  ...(baseline && { baseline: { ...baseline, metrics: { ...baseline.metrics } } }),
  ...(inService && { inService: { ...inService, metrics: { ...inService.metrics } } }),
});

/** A model card in the contract's words. */
export const cardAnswer = (card: ListedModel) => ({
  runId: card.runId,
  version: card.version ?? null,
  decision: card.decision,
  reason: card.reason,
  inService: card.inService,
  restorable: card.restorable,
  engine: card.engine ?? null,
  startedAt: iso(card.startedAt),
  trainedAt: iso(card.finishedAt),
  durationSeconds: Math.max(0, (card.finishedAt - card.startedAt) / 1000),
  data: card.data ? dataAnswer(card.data) : null,
  evaluation: card.evaluation ? evaluationAnswer(card.evaluation) : null,
  models: card.models.map(partAnswer),
});
