import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { logger, metrics } from './telemetry.ts';

type Message<S extends z.ZodType> = {
  body: z.output<S>;
  messageId: string;
  /** What is left of the function's time. */
  remainingMs: () => number;
};

/**
 * The function behind one queue: every message is parsed and worked by itself, and only those that failed are
 * delivered again. A message that does not parse fails alone and ends in the dead-letter queue.
 */
export const worker = <S extends z.ZodType>(schema: S, work: (message: Message<S>) => Promise<void>) => {
  const handleRecord = async (record: SQSRecord, context: Context): Promise<void> => {
    try {
      const remainingMs = () => context.getRemainingTimeInMillis();
      await work({ body: schema.parse(JSON.parse(record.body)), messageId: record.messageId, remainingMs });
    } catch (error) {
      metrics.addMetric('FailedMessages', 'Count', 1);
      logger.error('message failed', { messageId: record.messageId, error: (error as Error).name });
      throw error;
    }
  };
  return middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(logMetrics(metrics))
    .handler((event, context) =>
      processPartialResponse(event, handleRecord, new BatchProcessor(EventType.SQS), {
        context,
        throwOnFullBatchFailure: false,
      }),
    );
};
