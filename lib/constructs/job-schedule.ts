import { Aws } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Job } from '../../contracts/nights.ts';
import { useKey } from '../config/access.ts';

export type JobScheduleProps = {
  readonly job: Job;
  readonly stateMachineArn: string;
  readonly keyArn: string;
  /** Where a start goes that EventBridge Scheduler could not make. */
  readonly deadLetters: IQueue;
};

/** Starts a job by the clock (UTC). A start that cannot be made is tried for an hour, then kept in the dead-letter queue. */
export class JobSchedule extends Construct {
  constructor(scope: Construct, id: string, props: JobScheduleProps) {
    super(scope, id);
    new CfnSchedule(this, 'Schedule', {
      description: props.job.description,
      scheduleExpression: props.job.schedule,
      scheduleExpressionTimezone: 'UTC',
      // Fleets of stacks must not all start at the same second.
      flexibleTimeWindow: { mode: 'FLEXIBLE', maximumWindowInMinutes: 5 },
      target: {
        arn: props.stateMachineArn,
        roleArn: this.makeRole(props).roleArn,
        deadLetterConfig: { arn: props.deadLetters.queueArn },
        retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 10 },
      },
    });
  }

  private makeRole(props: JobScheduleProps): Role {
    return new Role(this, 'Role', {
      // Only schedules of this account may use the role, not another customer's.
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
      inlinePolicies: {
        Start: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: ['states:StartExecution'], resources: [props.stateMachineArn] }),
            new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [props.deadLetters.queueArn] }),
            useKey(props.keyArn, ['sqs']),
          ],
        }),
      },
    });
  }
}
