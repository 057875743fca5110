import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AnnouncedAlarm } from './announced-alarm.ts';

export type EventAlarmsProps = {
  /** By which the runtime's metrics of this stage are told from those of others. */
  readonly service: string;
  readonly topicArn: string;
};

/** Metrics that the runtime counts where the bus or the table refuses what is to be told (lambdas/runtime/ports). */
const delayed = {
  achievements: 'AchievementsDelayed',
  experiments: 'EventsDelayed',
} as const;

/** The dimension is Powertools' own. */
export const delayedMetric = (service: string, what: keyof typeof delayed): Metric =>
  new Metric({
    namespace: 'Attune',
    metricName: delayed[what],
    dimensionsMap: { service },
    statistic: 'Sum',
    period: Duration.minutes(15),
  });

/** Single delays heal by themselves; these alarms rise where they go on. */
export class EventAlarms extends Construct {
  constructor(scope: Construct, id: string, { service, topicArn }: EventAlarmsProps) {
    super(scope, id);
    const common = { threshold: 5, evaluationPeriods: 2, article: 'events-delayed', topicArn };
    new AnnouncedAlarm(this, 'Achievements', {
      ...common,
      metric: delayedMetric(service, 'achievements'),
      impact: 'Achievements are not unlocked or told of until their users look at them.',
    });
    new AnnouncedAlarm(this, 'Experiments', {
      ...common,
      metric: delayedMetric(service, 'experiments'),
      impact: 'Changes of experiments reach the event bus with the next evaluation only, up to an hour late.',
    });
  }
}
