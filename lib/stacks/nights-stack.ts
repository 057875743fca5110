import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Job, Step } from '../../contracts/nights.ts';
import { jobEntry } from '../config/entries.ts';
import { PlatformStack, type PlatformStackProps } from '../config/platform.ts';
import { stepGrants } from '../config/step-grants.ts';
import { AttuneFunction } from '../constructs/attune-function.ts';
import { DeadLetterQueue } from '../constructs/dead-letter-queue.ts';
import { JobSchedule } from '../constructs/job-schedule.ts';
import { JobStateMachine } from '../constructs/job-state-machine.ts';

export type NightsStackProps = PlatformStackProps & { readonly jobs: readonly Job[] };

/** Scheduled work: one function per step, one state machine and one schedule per job. */
export class NightsStack extends PlatformStack {
  /** ARN of each job's state machine, by the job's name. */
  readonly stateMachines = new Map<string, string>();
  private readonly steps = new Map<Step['name'], AttuneFunction>();

  constructor(scope: Construct, id: string, { jobs, ...props }: NightsStackProps) {
    super(scope, id, props);
    const missedStarts = this.deadLetters('MissedStarts', {
      impact: 'A scheduled job could not be started: what it refreshes grows old.',
      article: 'missed-start',
    });
    const lostCalls = this.deadLetters('LostCalls', {
      impact: 'A job step that was called by hand, asynchronously, failed three times: its work is not done.',
      article: 'lost-call',
    });
    for (const job of jobs) {
      for (const step of job.steps) this.addStep(step, lostCalls);
      const machine = new JobStateMachine(this, `Job-${job.name}`, {
        platform: this.platform,
        job,
        functionArnOf: (step) => this.functionArnOf(step),
      });
      this.stateMachines.set(job.name, machine.arn);
      const { keyArn } = this.platform.resources;
      const stateMachineArn = machine.arn;
      new JobSchedule(this, `Schedule-${job.name}`, {
        job,
        stateMachineArn,
        keyArn,
        deadLetters: missedStarts,
      });
    }
  }

  private deadLetters(id: string, words: { impact: string; article: string }): DeadLetterQueue {
    const { key, resources } = this.platform;
    return new DeadLetterQueue(this, id, { key, topicArn: resources.topicArn, ...words });
  }

  /** Jobs share steps: a step has one function, whichever job names it first. */
  private addStep(step: Step, lostCalls: DeadLetterQueue): void {
    if (this.steps.has(step.name)) return;
    const made = new AttuneFunction(this, `Step-${step.name}`, {
      platform: this.platform,
      entry: jobEntry(step.name),
      description: `Night step ${step.name}`,
      access: stepGrants[step.name],
      memoryMb: step.memoryMb,
      timeout: Duration.minutes(step.timeoutMinutes),
      asyncFailures: lostCalls,
    });
    this.steps.set(step.name, made);
  }

  private functionArnOf(step: Step['name']): string {
    const found = this.steps.get(step);
    if (found === undefined) throw new Error(`step ${step} has no function`);
    return found.function.functionArn;
  }
}
