import { type BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bedrockClient } from '../../adapters/bedrock/client.ts';
import { writtenTextSchemas } from '../../contracts/messages/written-texts.schema.generated.ts';
import { writtenInsights, writtenSuggestions } from '../../contracts/messages/written-texts.ts';
import { checkInsights, checkSuggestions } from '../../core/insights/check/check-texts.ts';
import { insightsPrompt, suggestionsPrompt } from '../../core/insights/prompts/prompts.ts';
import type { TextPurpose } from '../../core/insights/types.ts';
import { seededRandom } from '../../core/numbers/seeded-random.ts';
import { type FakeBedrock, startFakeBedrock } from '../../local/bedrock/fake-bedrock.ts';
import { aDomain, anAction } from '../support/insights.ts';
import { seededSheet } from '../support/seeded-sheets.ts';

const domain = aDomain({
  actions: ['create-listing', 'call-lead', 'read-report'].map((id) => anAction({ id })),
});
const sheet = seededSheet(seededRandom(3));
const prompts = { insights: insightsPrompt(sheet, domain), suggestions: suggestionsPrompt(sheet, domain) };

let fake: FakeBedrock;
let client: BedrockRuntimeClient;
beforeAll(async () => {
  fake = await startFakeBedrock({ slowMs: 300 });
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  client = bedrockClient({ endpoint: fake.url, region: 'us-east-1', credentials, attempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await fake.close();
});

// biome-ignore lint/suspicious/noExplicitAny: schemas are plain JSON
const schemaOf = (purpose: TextPurpose): any => writtenTextSchemas[purpose];

const ask = async (purpose: TextPurpose, output: 'tool' | 'schema' = 'tool', abortSignal?: AbortSignal) => {
  const { system, user } = prompts[purpose];
  const command = new ConverseCommand({
    modelId: 'amazon.nova-micro-v1:0',
    system: [{ text: system }],
    messages: [{ role: 'user', content: [{ text: user }] }],
    ...(output === 'tool'
      ? {
          toolConfig: {
            tools: [{ toolSpec: { name: 'write', inputSchema: { json: schemaOf(purpose) } } }],
            toolChoice: { tool: { name: 'write' } },
          },
        }
      : {
          outputConfig: {
            textFormat: {
              type: 'json_schema',
              structure: { jsonSchema: { name: 'write', schema: JSON.stringify(schemaOf(purpose)) } },
            },
          },
        }),
  });
  const answer = await client.send(command, { abortSignal });
  const content = answer.output?.message?.content?.[0];
  return { ...answer, input: content?.toolUse?.input, text: content?.text };
};

describe('a good answer', () => {
  it('comes by tool and by schema, for both purposes, and passes the check', async () => {
    fake.behave('well');
    const tool = await ask('insights');
    expect(checkInsights(writtenInsights.parse(tool.input), sheet, domain)).toEqual({ ok: true });
    expect(tool.stopReason).toBe('tool_use');
    const schema = await ask('suggestions', 'schema');
    const parsed = writtenSuggestions.parse(JSON.parse(schema.text ?? ''));
    expect(checkSuggestions(parsed, sheet, domain)).toEqual({ ok: true });
    expect(schema.stopReason).toBe('end_turn');
    const { inputTokens = 0, outputTokens = 0, totalTokens } = tool.usage ?? {};
    expect(inputTokens).toBeGreaterThan(500);
    expect(outputTokens).toBeGreaterThan(50);
    expect(totalTokens).toBe(inputTokens + outputTokens);
  });

  it('is the same under the same seed', async () => {
    const [one, two] = [await ask('insights'), await ask('insights')];
    expect(one.input).toEqual(two.input);
    fake.behave('well', { seed: 2 });
    expect((await ask('insights')).input).not.toEqual(one.input);
  });

  it('takes its time when it is slow', async () => {
    fake.behave('slow');
    const began = performance.now();
    await ask('insights');
    expect(performance.now() - began).toBeGreaterThan(290);
  });
});

it.each([
  ['throttled', 'ThrottlingException', 429],
  ['failing', 'InternalServerException', 500],
  ['denied', 'AccessDeniedException', 403],
  ['unknown-model', 'ResourceNotFoundException', 404],
] as const)('refuses as the service does: %s', async (behaviour, name, httpStatusCode) => {
  fake.behave(behaviour);
  await expect(ask('insights')).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
});

it('never answers when it hangs', async () => {
  fake.behave('hanging');
  await expect(ask('insights', 'tool', AbortSignal.timeout(400))).rejects.toThrow(/abort/i);
});

it('answers in another shape when it is malformed', async () => {
  fake.behave('malformed');
  expect(writtenInsights.safeParse((await ask('insights')).input).success).toBe(false);
  const { text = '' } = await ask('insights', 'schema');
  expect(() => JSON.parse(text)).toThrow(SyntaxError);
});

it.each(['invented-numbers', 'foreign-facts', 'obeys-injection'] as const)(
  'writes what the check refuses: %s',
  async (behaviour) => {
    for (let seed = 1; seed <= 20; seed += 1) {
      fake.behave(behaviour, { seed });
      const insights = writtenInsights.parse((await ask('insights')).input);
      expect(checkInsights(insights, sheet, domain).ok).toBe(false);
      const suggestions = writtenSuggestions.parse((await ask('suggestions')).input);
      expect(checkSuggestions(suggestions, sheet, domain).ok).toBe(false);
    }
  },
);

it('counts calls, keeps what came, and is switched from outside', async () => {
  fake.reset();
  fake.behave('throttled');
  await ask('insights').catch(() => undefined);
  expect(fake.calls()).toBe(1);
  expect(fake.requests()[0]).toMatchObject({ model: 'amazon.nova-micro-v1:0', ...prompts.insights });
  const change = (behaviour: string) =>
    fetch(`${fake.url}/fake`, { method: 'POST', body: JSON.stringify({ behaviour }) });
  expect((await change('kindly')).status).toBe(400);
  expect(await (await change('well')).json()).toMatchObject({ behaviour: 'well', calls: 1 });
});

it('knows only the models that it is given', async () => {
  const strict = await startFakeBedrock({ models: ['amazon.nova-micro-v1:0'] });
  const body = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] });
  const { status, headers } = await fetch(`${strict.url}/model/none/converse`, { method: 'POST', body });
  expect([status, headers.get('x-amzn-errortype')]).toEqual([400, 'ValidationException']);
  await strict.close();
});
