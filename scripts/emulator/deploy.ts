import { type FakeBedrock, startFakeBedrock } from '../../local/bedrock/fake-bedrock.ts';
import { allowBatchSend } from './adjust-policies.ts';
import { type CdkCli, cdkCli, type Outputs } from './cdk.ts';
import { type Ministack, startMinistack } from './ministack.ts';
import { reapplyDropped } from './reapply-dropped.ts';

/** A running emulator with the product deployed into it. */
export type Deployment = {
  readonly ministack: Ministack;
  /** The emulator's own Bedrock answers canned text: functions are pointed at this one. */
  readonly bedrock: FakeBedrock;
  readonly cdk: CdkCli;
  readonly outputs: Outputs;
  /** Base of every path of the contract; by path, because names below localhost do not resolve everywhere. */
  readonly apiUrl: string;
  /** Ends the emulator and the fake. */
  readonly stop: () => Promise<void>;
};

/** Told before each step; the step's work runs inside. */
export type Reporter = <T>(step: string, work: () => Promise<T>) => Promise<T>;

/** Starts the emulator, bootstraps, deploys with the CDK CLI and sets again what the emulator drops. `context`: as `-c name=value` gives it. */
export const deployToEmulator = async (
  report: Reporter,
  context: Readonly<Record<string, string>> = {},
): Promise<Deployment> => {
  const ministack = await report('start MiniStack', startMinistack);
  const bedrock = await report('start the fake of Bedrock', () => startFakeBedrock());
  const stop = async (): Promise<void> => {
    await Promise.all([ministack.stop(), bedrock.close()]);
  };
  try {
    const cdk = cdkCli(ministack.url, { bedrockEndpoint: bedrock.url, ...context });
    await report('cdk bootstrap', cdk.bootstrap);
    const outputs = await report('cdk deploy', cdk.deploy);
    await report('set redrive policies and TTL again', () => reapplyDropped(ministack.url, outputs));
    await report('allow batches to those who may send', () => allowBatchSend(ministack.url));
    const apiUrl = `${ministack.url}/_aws/execute-api/${outputs.ApiId}/$default/api`;
    return { ministack, bedrock, cdk, outputs, apiUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
