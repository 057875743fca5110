import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { textMetrics } from '../../contracts/insights/metrics.ts';
import { AnnouncedAlarm, type AnnouncedAlarmProps } from './announced-alarm.ts';

export type TextAlarmsProps = {
  /** By which the runtime's metrics of this stage are told from those of others. */
  readonly service: string;
  readonly topicArn: string;
};

/** A metric that the runtime counts; the dimension is Powertools' own. */
export const textMetric = (
  service: string,
  name: keyof typeof textMetrics,
  { statistic = 'Sum', minutes = 5 }: { statistic?: string; minutes?: number } = {},
): Metric =>
  new Metric({
    namespace: 'Attune',
    metricName: textMetrics[name],
    dimensionsMap: { service },
    statistic,
    period: Duration.minutes(minutes),
  });

type Words = Pick<AnnouncedAlarmProps, 'metric' | 'threshold' | 'evaluationPeriods' | 'impact' | 'article'>;

const alarmsOf = (service: string): Readonly<Record<string, Words>> => ({
  Refused: {
    // Each generation counts 1 or 0, so that the average is a share.
    metric: textMetric(service, 'refused', { statistic: 'Average', minutes: 60 }),
    threshold: 0.2,
    evaluationPeriods: 2,
    impact: 'One text in five that the model writes fails the check: it is paid for and thrown away.',
    article: 'texts-refused',
  },
  Failing: {
    metric: textMetric(service, 'failed', { statistic: 'Average', minutes: 15 }),
    threshold: 0.5,
    evaluationPeriods: 2,
    impact: 'Every other call of the model fails: users get the texts of rules.',
    article: 'texts-failing',
  },
  CircuitOpen: {
    metric: textMetric(service, 'circuitOpen'),
    threshold: 1,
    evaluationPeriods: 3,
    impact: 'The model is not called any more because its calls fail: users get the texts of rules.',
    article: 'circuit-open',
  },
  BudgetExhausted: {
    metric: textMetric(service, 'exhausted'),
    threshold: 1,
    impact: "The day's budget of tokens is spent: until midnight UTC users get the texts of rules.",
    article: 'budget-exhausted',
  },
});

/** Alarms on the model that writes texts; none of them is a failure that users see. */
export class TextAlarms extends Construct {
  constructor(scope: Construct, id: string, { service, topicArn }: TextAlarmsProps) {
    super(scope, id);
    for (const [name, words] of Object.entries(alarmsOf(service)))
      new AnnouncedAlarm(this, name, { ...words, topicArn });
  }
}
