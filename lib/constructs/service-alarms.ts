import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AnnouncedAlarm } from './announced-alarm.ts';

export type ServiceAlarmsProps = {
  readonly apiId: string;
  readonly tableName: string;
  readonly topicArn: string;
  /** Name of each job and the ARN of its state machine. */
  readonly jobs: ReadonlyMap<string, string>;
};

const FIVE_MINUTES = Duration.minutes(5);

export const apiMetric = (apiId: string, metricName: string, statistic: string): Metric =>
  new Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: { ApiId: apiId },
    statistic,
    period: FIVE_MINUTES,
  });

export const jobMetric = (stateMachineArn: string, metricName: string, statistic = 'Sum'): Metric =>
  new Metric({
    namespace: 'AWS/States',
    metricName,
    dimensionsMap: { StateMachineArn: stateMachineArn },
    statistic,
    period: FIVE_MINUTES,
  });

export const tableMetric = (tableName: string, metricName: string): Metric =>
  new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensionsMap: { TableName: tableName },
    statistic: 'Sum',
    period: FIVE_MINUTES,
  });

/** Alarms on what callers and operators feel: failing or slow answers, a throttled table, failed nights. */
export class ServiceAlarms extends Construct {
  constructor(scope: Construct, id: string, props: ServiceAlarmsProps) {
    super(scope, id);
    this.addApiAlarms(props);
    this.addTableAlarms(props);
    for (const [job, arn] of props.jobs) this.addJobAlarms(job, arn, props.topicArn);
  }

  private addApiAlarms({ apiId, topicArn }: ServiceAlarmsProps): void {
    new AnnouncedAlarm(this, 'ApiFailing', {
      // The average of this metric is the share of requests that failed.
      metric: apiMetric(apiId, '5xx', 'Average'),
      threshold: 0.01,
      evaluationPeriods: 2,
      impact: 'Callers get errors: at least one request in a hundred ends with 5xx.',
      article: 'api-failing',
      topicArn,
    });
    new AnnouncedAlarm(this, 'ApiSlow', {
      metric: apiMetric(apiId, 'Latency', 'p99'),
      threshold: 3000,
      evaluationPeriods: 3,
      impact: 'Pages of the application wait: one answer in a hundred takes longer than 3 seconds.',
      article: 'api-slow',
      topicArn,
    });
  }

  private addTableAlarms({ tableName, topicArn }: ServiceAlarmsProps): void {
    for (const kind of ['Read', 'Write']) {
      new AnnouncedAlarm(this, `Table${kind}sThrottled`, {
        metric: tableMetric(tableName, `${kind}ThrottleEvents`),
        threshold: 10,
        evaluationPeriods: 3,
        impact: `The table refuses ${kind.toLowerCase()}s: answers slow down, then fail.`,
        article: 'table-throttled',
        topicArn,
      });
    }
  }

  private addJobAlarms(job: string, arn: string, topicArn: string): void {
    new AnnouncedAlarm(this, `JobFailed-${job}`, {
      metric: jobMetric(arn, 'ExecutionsFailed'),
      threshold: 1,
      impact: `The job ${job} failed: users keep getting answers, from what the last good run left behind.`,
      article: 'job-failed',
      topicArn,
    });
  }
}
