import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { jobs } from '../../../contracts/nights.ts';
import { only, referenced, resourcesOf } from '../support/scenarios.ts';
import type { Synthesized } from '../support/synthesize.ts';
import { matching, scenarios, WORKERS } from './stacks.ts';

describe('failures', () => {
  let dev: Synthesized;
  let prod: Synthesized;
  beforeAll(() => {
    ({ dev, prod } = scenarios());
  });

  it('end in a dead-letter queue from every queue, every schedule and every asynchronous call', () => {
    const working = resourcesOf(dev, 'AWS::SQS::Queue').filter(
      ({ Properties }) => Properties.RedrivePolicy !== undefined,
    );
    expect(working).toHaveLength(WORKERS.length);
    for (const { Properties } of resourcesOf(dev, 'AWS::Scheduler::Schedule')) {
      expect((Properties.Target as { DeadLetterConfig: unknown }).DeadLetterConfig).toBeDefined();
    }
    const functions = resourcesOf(dev, 'AWS::Lambda::Function');
    const steps = functions.filter(({ Properties }) =>
      String(Properties.Description).startsWith('Night step'),
    );
    for (const { Properties } of steps) expect(Properties.DeadLetterConfig).toBeDefined();
  });

  it('of single messages are answered one by one, and a slow batch is not delivered twice', () => {
    const mappings = resourcesOf(dev, 'AWS::Lambda::EventSourceMapping');
    expect(mappings).toHaveLength(WORKERS.length);
    for (const { Properties, where } of mappings) {
      expect(Properties).toEqual(matching({ FunctionResponseTypes: ['ReportBatchItemFailures'] }));
      const queue = referenced(dev, { where, type: 'AWS::SQS::Queue', value: Properties.EventSourceArn });
      const worker = referenced(dev, {
        where,
        type: 'AWS::Lambda::Function',
        value: Properties.FunctionName,
      });
      const timeout = Number(worker.Properties.Timeout);
      expect(queue.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(6 * timeout);
    }
  });

  it('raise an alarm for each dead-letter queue, the API, the table and each job', () => {
    const alarms = resourcesOf(dev, 'AWS::CloudWatch::Alarm');
    const metrics = alarms.map(({ Properties }) => Properties.MetricName);
    const deadLetters = resourcesOf(dev, 'AWS::SQS::Queue').filter(
      ({ Properties }) => !Properties.RedrivePolicy,
    );
    const count = (metric: string) => metrics.filter((found) => found === metric).length;
    expect(count('ApproximateNumberOfMessagesVisible')).toBe(deadLetters.length);
    expect(count('ApproximateAgeOfOldestMessage')).toBe(WORKERS.length);
    expect(count('ExecutionsFailed')).toBe(jobs.length);
    expect(metrics).toEqual(
      expect.arrayContaining(['5xx', 'Latency', 'ReadThrottleEvents', 'WriteThrottleEvents']),
    );
  });

  it('to tell of achievements and experiments raise an alarm, each by the metric that the runtime counts', () => {
    const ports = join(import.meta.dirname, '..', '..', '..', 'lambdas', 'runtime', 'ports');
    const counted = ['table-ports.ts', 'event-ports.ts']
      .flatMap((file) => [...readFileSync(join(ports, file), 'utf8').matchAll(/addMetric\('(\w+Delayed)'/g)])
      .map(([, name]) => name);
    expect(counted).toHaveLength(2);
    const alarms = resourcesOf(dev, 'AWS::CloudWatch::Alarm').filter(({ Properties }) =>
      counted.includes(String(Properties.MetricName)),
    );
    expect(alarms.map(({ Properties }) => Properties.MetricName).sort()).toEqual(counted.sort());
  });

  it('are announced with a sentence of impact and an article of the runbook', () => {
    const runbook = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'runbook.md'), 'utf8');
    const articles = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    );
    for (const { Properties, where } of resourcesOf(dev, 'AWS::CloudWatch::Alarm')) {
      expect([where, Properties.AlarmActions]).toEqual([where, [expect.anything()]]);
      const [, impact = '', article = ''] =
        /^(.+\.) Runbook: docs\/runbook\.md#([a-z-]+)$/.exec(String(Properties.AlarmDescription)) ?? [];
      expect(impact.length).toBeGreaterThan(20);
      expect(articles).toContain(article);
    }
  });

  it('may be announced: topic and key let CloudWatch in', () => {
    type Allow = { Effect: string; Principal: { Service?: unknown }; Action: string | string[] };
    const allowed = (document: unknown) =>
      (document as { Statement: Allow[] }).Statement.filter(
        ({ Effect, Principal }) => Effect === 'Allow' && Principal.Service === 'cloudwatch.amazonaws.com',
      ).flatMap(({ Action }) => Action);
    expect(allowed(only(resourcesOf(dev, 'AWS::SNS::TopicPolicy')).Properties.PolicyDocument)).toEqual([
      'sns:Publish',
    ]);
    expect(allowed(only(resourcesOf(dev, 'AWS::KMS::Key')).Properties.KeyPolicy)).toEqual([
      'kms:Decrypt',
      'kms:GenerateDataKey*',
    ]);
  });

  it('reach the mailbox that a team names', () => {
    expect(only(resourcesOf(prod, 'AWS::SNS::Subscription')).Properties).toEqual(
      matching({ Protocol: 'email', Endpoint: 'ops@example.com' }),
    );
  });
});
