import type { StepName } from '../../contracts/nights.ts';
import type { Settings } from './settings.ts';

/** Settings of the nights that only some steps are told about, as their environment names them. */
export const stepEnvironment = (
  step: StepName,
  { training }: Settings,
  trainingMemoryMb: number,
): Record<string, string> => {
  const memory = { ATTUNE_TRAINING_MEMORY_MB: String(trainingMemoryMb) };
  const churn = {
    ATTUNE_CHURN_WINDOW_DAYS: String(training.churnWindowDays),
    ATTUNE_CHURN_HORIZON_DAYS: String(training.churnHorizonDays),
  };
  const audit: Record<string, string> = training.auditAttribute
    ? { ATTUNE_AUDIT_ATTRIBUTE: training.auditAttribute }
    : {};
  const byStep: Partial<Record<StepName, Record<string, string>>> = {
    export: { ...audit, ...churn },
    size: { ...memory, ATTUNE_TRAINING_ENGINE: training.engine },
    train: memory,
    'train-users': churn,
  };
  return byStep[step] ?? {};
};
