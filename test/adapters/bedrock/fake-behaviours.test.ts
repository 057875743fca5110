import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bedrockClient } from '../../../adapters/bedrock/client.ts';
import type { TextOutput } from '../../../adapters/bedrock/converse-request.ts';
import { textWriter } from '../../../adapters/bedrock/text-writer.ts';
import { insightsPrompt, suggestionsPrompt } from '../../../core/insights/prompts/prompts.ts';
import { type Behaviour, type FakeBedrock, startFakeBedrock } from '../../../local/bedrock/fake-bedrock.ts';
import { aDomain, aFact, anAction, aSheet } from '../../support/insights.ts';

const sheet = aSheet([
  aFact('goal1', 'goal', { title: 'Publish 5 listings', term: 'short', pace: 'behind', measured: 'yes' }),
  aFact('feature1', 'feature', { feature: 'market-report', use: 'frequent', uses: 12, daysSince: 1 }),
  aFact('focus1', 'focus', { focus: 'Amsterdam-Noord', items: 12, fresh: 4 }),
]);
const domain = aDomain({ actions: [anAction({ id: 'create-listing' }), anAction({ id: 'call-lead' })] });

let fake: FakeBedrock;
let client: ReturnType<typeof bedrockClient>;
beforeAll(async () => {
  fake = await startFakeBedrock({ slowMs: 2_000 });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = bedrockClient({ endpoint: fake.url, region: 'eu-central-1', credentials });
});
afterAll(async () => {
  client.destroy();
  await fake.close();
});

const writer = (output?: TextOutput) => textWriter({ client, model: 'amazon.nova-micro-v1:0', output });
const suggest = (behaviour: Behaviour, withinMs = 5_000) => {
  fake.behave(behaviour);
  return writer().write('suggestions', suggestionsPrompt(sheet, domain), { withinMs, mostTokens: 900 });
};

describe('the writer on the fake of Bedrock', () => {
  it.each<TextOutput>(['tool', 'json_schema'])('reads good answers asked for by %s', async (output) => {
    fake.behave('well');
    const limits = { withinMs: 5_000, mostTokens: 1_500 };
    const insights = await writer(output).write('insights', insightsPrompt(sheet, domain), limits);
    const suggestions = await writer(output).write('suggestions', suggestionsPrompt(sheet, domain), limits);
    for (const { outcome, tokens } of [insights, suggestions]) {
      expect(outcome).toBe('written');
      expect(tokens.input).toBeGreaterThan(100);
      expect(tokens.output).toBeGreaterThan(20);
    }
  });

  it.each<Behaviour>(['invented-numbers', 'foreign-facts', 'obeys-injection'])(
    'passes %s on to the check: their form is right',
    async (behaviour) => {
      expect(await suggest(behaviour)).toMatchObject({ outcome: 'written' });
    },
  );

  it.each<[Behaviour, string]>([
    ['throttled', 'throttled'],
    ['failing', 'unavailable'],
    ['malformed', 'malformed'],
    ['denied', 'denied'],
    ['unknown-model', 'unknown model'],
  ])('says of one that is %s: %s', async (behaviour, why) => {
    expect(await suggest(behaviour)).toMatchObject({ outcome: 'failed', why });
  });

  it.each<Behaviour>(['slow', 'hanging'])('waits for a %s one no longer than it may', async (behaviour) => {
    const started = performance.now();
    expect(await suggest(behaviour, 300)).toMatchObject({ outcome: 'failed', why: 'timed out' });
    expect(performance.now() - started).toBeLessThan(800);
  });
});
