import { beforeAll, describe, expect, it } from '@jest/globals';
import { asList, only, resourcesOf, rolesOf } from '../support/scenarios.ts';
import type { Synthesized } from '../support/synthesize.ts';
import { matching, scenarios } from './stacks.ts';

describe('nights', () => {
  let dev: Synthesized;
  beforeAll(() => {
    ({ dev } = scenarios());
  });

  const definitionOf = (synthesized: Synthesized, text: string) =>
    only(
      resourcesOf(synthesized, 'AWS::StepFunctions::StateMachine').filter(({ Properties }) =>
        JSON.stringify(Properties.DefinitionString).includes(text),
      ),
    ).Properties.DefinitionString;
  const memoryOf = (synthesized: Synthesized, step: string) =>
    only(
      resourcesOf(synthesized, 'AWS::Lambda::Function').filter(
        ({ Properties }) => Properties.Description === `Night step ${step}`,
      ),
    ).Properties;
  const variables = (synthesized: Synthesized, step: string) =>
    (memoryOf(synthesized, step).Environment as { Variables: Record<string, string> }).Variables;

  it('train with the most memory that Lambda gives, or that the account is granted, and know it', () => {
    expect(memoryOf(dev, 'train')).toEqual(matching({ MemorySize: 10_240, Timeout: 900 }));
    expect(variables(dev, 'train')).toEqual(matching({ ATTUNE_TRAINING_MEMORY_MB: '10240' }));
    const { capped } = scenarios();
    for (const { Properties } of resourcesOf(capped, 'AWS::Lambda::Function'))
      expect(Properties.MemorySize).toBeLessThanOrEqual(3008);
    expect(variables(capped, 'size')).toEqual(
      matching({ ATTUNE_TRAINING_MEMORY_MB: '3008', ATTUNE_TRAINING_ENGINE: 'spark' }),
    );
    expect(variables(capped, 'export')).toEqual(
      matching({ ATTUNE_AUDIT_ATTRIBUTE: 'market', ATTUNE_CHURN_HORIZON_DAYS: '14' }),
    );
    expect(variables(capped, 'publish')).not.toHaveProperty('ATTUNE_TRAINING_ENGINE');
  });

  it('map over the manifest in the bucket, and over the state only where a setting asks for it', () => {
    const onAws = JSON.stringify(definitionOf(dev, 'Start Spark'));
    expect(onAws.match(/ItemReader/g)).toHaveLength(3);
    expect(onAws).toContain("States.Format('exports/{}/shards.json', $.runId)");
    expect(onAws).not.toContain('ItemsPath');
    const inline = JSON.stringify(definitionOf(scenarios().capped, 'Start Spark'));
    expect(inline).not.toContain('ItemReader');
    expect(inline.match(/ItemsPath/g)).toHaveLength(3);
  });

  it('let a machine start itself for the shards of its maps, read manifests, and no more', () => {
    const policies = resourcesOf(dev, 'AWS::IAM::Policy');
    const machines = resourcesOf(dev, 'AWS::StepFunctions::StateMachine').filter(({ Properties }) =>
      JSON.stringify(Properties.DefinitionString).includes('DISTRIBUTED'),
    );
    expect(policies).toHaveLength(machines.length);
    const actions = rolesOf(dev)
      .filter(({ service }) => service === '')
      .flatMap(({ statements }) => statements.flatMap(({ Action }) => asList(Action)));
    expect(new Set(actions.filter((action) => !action.startsWith('kms:')))).toEqual(
      new Set([
        'states:StartExecution',
        'states:DescribeExecution',
        'states:StopExecution',
        'states:RedriveExecution',
        's3:GetObject',
      ]),
    );
  });

  it('have one Glue job: Spark 3.5 that grows from nothing, encrypted, without a network or repeats of its own', () => {
    expect(only(resourcesOf(dev, 'AWS::Glue::Job')).Properties).toEqual(
      matching({
        GlueVersion: '5.0',
        Command: matching({ Name: 'glueetl', PythonVersion: '3' }),
        WorkerType: 'G.1X',
        NumberOfWorkers: 10,
        MaxRetries: 0,
        Timeout: 240,
        ExecutionProperty: { MaxConcurrentRuns: 1 },
        SecurityConfiguration: expect.anything(),
        DefaultArguments: matching({ '--enable-auto-scaling': 'true' }),
      }),
    );
    const { Connections } = only(resourcesOf(dev, 'AWS::Glue::Job')).Properties;
    expect(Connections).toBeUndefined();
    const { EncryptionConfiguration } = only(resourcesOf(dev, 'AWS::Glue::SecurityConfiguration')).Properties;
    expect(JSON.stringify(EncryptionConfiguration).match(/"(SSE|CSE)-KMS"/g)).toHaveLength(3);
  });

  it('start and look after that job alone', () => {
    const starters = rolesOf(dev).flatMap(({ service, statements }) =>
      statements
        .filter(({ Action }) => asList(Action).some((action) => action.startsWith('glue:')))
        .map(({ Action, Resource }) => [service, Action, JSON.stringify(Resource)]),
    );
    expect(starters).toEqual([
      [
        'states.amazonaws.com',
        ['glue:StartJobRun', 'glue:GetJobRun'],
        expect.stringMatching(/:job\/.*"Ref"/),
      ],
    ]);
  });
});
