import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

export type AnnouncedAlarmProps = {
  readonly metric: IMetric;
  /** The alarm rises when the metric is at or above this value. */
  readonly threshold: number;
  readonly evaluationPeriods?: number;
  /** One sentence: what users or operators lose while this lasts. */
  readonly impact: string;
  /** Anchor of the article in docs/runbook.md. */
  readonly article: string;
  readonly topicArn: string;
};

/** An alarm that says what it means and where to read on. There is no other way to make one here. */
export class AnnouncedAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: AnnouncedAlarmProps) {
    super(scope, id, {
      metric: props.metric,
      threshold: props.threshold,
      evaluationPeriods: props.evaluationPeriods ?? 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `${props.impact} Runbook: docs/runbook.md#${props.article}`,
    });
    const announce = { bind: () => ({ alarmActionArn: props.topicArn }) };
    this.addAlarmAction(announce);
    this.addOkAction(announce);
  }
}
