import { Duration } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
  PeriodOverride,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { delayedMetric } from './event-alarms.ts';
import { apiMetric, jobMetric, tableMetric } from './service-alarms.ts';
import { textMetric } from './text-alarms.ts';

export type WorkerNames = {
  readonly queueName: string;
  readonly deadLetterQueueName: string;
  readonly workerName: string;
};

export type ServiceDashboardProps = {
  readonly stage: string;
  readonly apiId: string;
  readonly tableName: string;
  readonly service: string;
  readonly workers: { readonly interactions: WorkerNames; readonly insights: WorkerNames };
  readonly jobs: ReadonlyMap<string, string>;
};

const graph = (title: string, left: IMetric[], right: IMetric[] = []): GraphWidget =>
  new GraphWidget({ title, left, right, width: 12, height: 6 });

const sized =
  (namespace: string, dimensionsMap: Record<string, string>) => (metricName: string, statistic: string) =>
    new Metric({ namespace, metricName, dimensionsMap, statistic, period: Duration.minutes(5) });

/** What waits for a worker, and how the worker does. */
const workerRow = (
  [waiting, working]: readonly [string, string],
  { queueName, deadLetterQueueName, workerName }: WorkerNames,
): GraphWidget[] => {
  const queue = sized('AWS/SQS', { QueueName: queueName });
  const dead = sized('AWS/SQS', { QueueName: deadLetterQueueName });
  const worker = sized('AWS/Lambda', { FunctionName: workerName });
  return [
    graph(
      `${waiting}: waiting and oldest (s)`,
      [
        queue('ApproximateNumberOfMessagesVisible', 'Maximum'),
        dead('ApproximateNumberOfMessagesVisible', 'Maximum'),
      ],
      [queue('ApproximateAgeOfOldestMessage', 'Maximum')],
    ),
    graph(working, [worker('Invocations', 'Sum'), worker('Errors', 'Sum')], [worker('Duration', 'p99')]),
  ];
};

const textRow = (service: string): GraphWidget[] => {
  const text = (name: Parameters<typeof textMetric>[1]) => textMetric(service, name);
  return [
    graph(
      'Texts: written, refused, failed',
      [text('written'), text('refused'), text('failed')],
      [text('tokensIn'), text('tokensOut')],
    ),
    graph(
      'Texts: served by model or rules, not asked for',
      [text('servedByModel'), text('servedByRules')],
      [text('circuitOpen'), text('exhausted'), text('userExhausted'), text('lost')],
    ),
  ];
};

/** One page: is it answering, is it keeping up, did the night work, what does it cost in units. */
export class ServiceDashboard extends Construct {
  constructor(scope: Construct, id: string, props: ServiceDashboardProps) {
    super(scope, id);
    const api = (name: string, statistic: string) => apiMetric(props.apiId, name, statistic);
    const jobs = [...props.jobs.values()];
    const dashboard = new Dashboard(this, 'Dashboard', { periodOverride: PeriodOverride.AUTO });
    dashboard.addWidgets(
      new TextWidget({
        markdown: `# Attune, stage ${props.stage}\nWhat an alarm means and what to do: docs/runbook.md`,
        width: 24,
        height: 2,
      }),
    );
    dashboard.addWidgets(
      graph('Requests and failures', [api('Count', 'Sum')], [api('4xx', 'Sum'), api('5xx', 'Sum')]),
      graph('Latency, ms', [api('Latency', 'p50'), api('Latency', 'p95'), api('Latency', 'p99')]),
    );
    const { interactions, insights } = props.workers;
    dashboard.addWidgets(...workerRow(['Interactions', 'Worker'], interactions));
    dashboard.addWidgets(...workerRow(['Insights', 'Insights worker'], insights));
    dashboard.addWidgets(...textRow(props.service));
    dashboard.addWidgets(
      graph('Events delayed: achievements, experiments', [
        delayedMetric(props.service, 'achievements'),
        delayedMetric(props.service, 'experiments'),
      ]),
    );
    dashboard.addWidgets(
      graph(
        'Table units',
        [tableMetric(props.tableName, 'ConsumedReadCapacityUnits')],
        [tableMetric(props.tableName, 'ConsumedWriteCapacityUnits')],
      ),
      graph(
        'Nights: runs and failures',
        jobs.flatMap((arn) => [jobMetric(arn, 'ExecutionsSucceeded'), jobMetric(arn, 'ExecutionsFailed')]),
        jobs.map((arn) => jobMetric(arn, 'ExecutionTime', 'Maximum')),
      ),
    );
  }
}
