import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';

/** Identifiers and counts go in here, never whole events or profiles. Configured by the POWERTOOLS_* variables. */
export const logger = new Logger();
export const metrics = new Metrics();
