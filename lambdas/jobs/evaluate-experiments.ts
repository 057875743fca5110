import {
  type EvaluationPorts,
  evaluateExperiments,
} from '../../core/experiments/evaluation/evaluate-experiments.ts';
import { jobStep } from '../runtime/job-step.ts';
import { lazily } from '../runtime/lazily.ts';
import { readingResults } from '../runtime/ports/evaluation-ports.ts';
import { announcingChanges } from '../runtime/ports/event-ports.ts';
import { experimentChanges } from '../runtime/ports/table-ports.ts';
import { logger } from '../runtime/telemetry.ts';

const ports = lazily(
  (): EvaluationPorts => ({
    ...announcingChanges(),
    ...readingResults(),
    ...experimentChanges(),
    progress: (message, counts) => logger.info(message, { ...counts }),
  }),
);

export const handler = jobStep((step) => evaluateExperiments(ports(), step));
