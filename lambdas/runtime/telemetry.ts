import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';

/** Identifiers and counts go in here, never whole events or profiles. Configured by the POWERTOOLS_* variables. */
export const logger = new Logger();

/** Most invocations count nothing of their own; Powertools would warn of each of them. */
const EMPTY = 'No application metrics';

export const metrics = new Metrics({
  logger: {
    debug: (message: string) => logger.debug(message),
    info: (message: string) => logger.info(message),
    warn: (message: string) => (message.startsWith(EMPTY) ? logger.debug(message) : logger.warn(message)),
    error: (message: string) => logger.error(message),
  },
});
