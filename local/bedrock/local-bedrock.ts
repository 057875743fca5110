import type { Settings } from '../settings.ts';
import { type FakeBedrock, startFakeBedrock } from './fake-bedrock.ts';
import { startForwardToAws } from './forward-to-aws.ts';

/** What stands for Bedrock here. */
export type LocalBedrock = {
  /** What the functions find in their environment. An empty model: rules write. */
  readonly environment: Readonly<Record<string, string>>;
  /** Undefined where the real service, or nobody, writes. */
  readonly fake?: FakeBedrock;
  close(): Promise<void>;
};

const environmentOf = (model: string, url: string) => ({
  ATTUNE_BEDROCK_MODEL: model,
  AWS_ENDPOINT_URL_BEDROCK_RUNTIME: url,
});

/** Starts what `ATTUNE_BEDROCK` asks for. `tell` hears of every call of the fake, one line each. */
export const startLocalBedrock = async (
  { bedrock, region }: Pick<Settings, 'bedrock' | 'region'>,
  tell: (line: string) => void,
): Promise<LocalBedrock> => {
  if (bedrock.kind === 'off')
    return { environment: { ATTUNE_BEDROCK_MODEL: '' }, close: async () => undefined };
  if (bedrock.kind === 'fake') {
    const fake = await startFakeBedrock({ behaviour: bedrock.behaviour, tell });
    return { environment: environmentOf(bedrock.model, fake.url), fake, close: fake.close };
  }
  const { profile, keys, endpoint, model } = bedrock;
  const forwarder = await startForwardToAws({ region, profile, keys, endpoint });
  tell(`Bedrock is the real one in ${region}, model ${model}: every text costs money\n`);
  return { environment: environmentOf(model, forwarder.url), close: forwarder.close };
};
