import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { functionsOf, type Job, type MapStep, type StepName, type TaskStep } from '../../contracts/nights.ts';
import { jobEntry } from '../config/entries.ts';
import { PlatformStack, type PlatformStackProps } from '../config/platform.ts';
import { stepEnvironment } from '../config/step-environment.ts';
import { stepGrants } from '../config/step-grants.ts';
import { AttuneFunction } from '../constructs/attune-function.ts';
import { DeadLetterQueue } from '../constructs/dead-letter-queue.ts';
import { JobSchedule } from '../constructs/job-schedule.ts';
import { JobStateMachine } from '../constructs/job-state-machine.ts';
import { SparkJob } from '../constructs/spark-job.ts';

export type NightsStackProps = PlatformStackProps & { readonly jobs: readonly Job[] };

/** Scheduled work: one function per step, one state machine and one schedule per job; Spark for the job that asks for it. */
export class NightsStack extends PlatformStack {
  /** ARN of each job's state machine, by the job's name. */
  readonly stateMachines = new Map<string, string>();
  private readonly steps = new Map<StepName, AttuneFunction>();
  private readonly trainingMemoryMb: number;

  constructor(scope: Construct, id: string, { jobs, ...props }: NightsStackProps) {
    super(scope, id, props);
    const train = jobs.flatMap(functionsOf).find(({ name }) => name === 'train');
    this.trainingMemoryMb = train === undefined ? 0 : this.memoryOf(train);
    const missedStarts = this.deadLetters('MissedStarts', {
      impact: 'A scheduled job could not be started: what it refreshes grows old.',
      article: 'missed-start',
    });
    const lostCalls = this.deadLetters('LostCalls', {
      impact: 'A job step that was called by hand, asynchronously, failed three times: its work is not done.',
      article: 'lost-call',
    });
    for (const job of jobs) {
      for (const step of functionsOf(job)) this.addStep(step, lostCalls);
      const machine = new JobStateMachine(this, `Job-${job.name}`, {
        platform: this.platform,
        job,
        functionArnOf: (step) => this.functionArnOf(step),
        sparkJob: this.sparkJobOf(job),
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
  private addStep(step: TaskStep | MapStep, lostCalls: DeadLetterQueue): void {
    if (this.steps.has(step.name)) return;
    const made = new AttuneFunction(this, `Step-${step.name}`, {
      platform: this.platform,
      entry: jobEntry(step.name),
      description: `Night step ${step.name}`,
      access: stepGrants[step.name],
      environment: stepEnvironment(step.name, this.platform.settings, this.trainingMemoryMb),
      memoryMb: this.memoryOf(step),
      timeout: Duration.minutes(step.timeoutMinutes),
      asyncFailures: lostCalls,
    });
    this.steps.set(step.name, made);
  }

  private memoryOf({ memoryMb }: TaskStep | MapStep): number {
    return Math.min(memoryMb, this.platform.settings.maxFunctionMemoryMb);
  }

  private sparkJobOf(job: Job): SparkJob | undefined {
    const step = job.steps.find((one) => one.kind === 'spark');
    return step && new SparkJob(this, `Spark-${job.name}`, { platform: this.platform, step });
  }

  private functionArnOf(step: StepName): string {
    const found = this.steps.get(step);
    if (found === undefined) throw new Error(`step ${step} has no function`);
    return found.function.functionArn;
  }
}
