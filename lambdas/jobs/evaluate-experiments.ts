import {
  type EvaluationPorts,
  evaluateExperiments,
} from '../../core/experiments/evaluation/evaluate-experiments.ts';
import { readingResults } from '../runtime/evaluation-ports.ts';
import { announcingChanges } from '../runtime/event-ports.ts';
import { jobStep } from '../runtime/job-step.ts';
import { lazily } from '../runtime/lazily.ts';
import { experimentChanges } from '../runtime/table-ports.ts';
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
