import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { circuit } from '../../../adapters/bedrock/circuit.ts';
import { bedrockClient } from '../../../adapters/bedrock/client.ts';
import { textWriter } from '../../../adapters/bedrock/text-writer.ts';
import type { WriteFailure } from '../../../core/insights/types.ts';
import {
  type ScriptedAnswer,
  type ScriptedBedrock,
  scriptedBedrock,
} from '../../support/scripted-bedrock.ts';

const KEYS = { accessKeyId: 'test', secretAccessKey: 'test' };
const MODEL = 'amazon.nova-micro-v1:0';
const PROMPT = { system: 'Write from these facts only.', user: 'goal1: 3 of 5' };
const LIMITS = { withinMs: 5_000, mostTokens: 700 };

let bedrock: ScriptedBedrock;
let client: ReturnType<typeof bedrockClient>;
beforeAll(async () => {
  bedrock = await scriptedBedrock();
  client = bedrockClient({ endpoint: bedrock.url, region: 'eu-central-1', credentials: KEYS });
});
afterAll(async () => {
  client.destroy();
  await bedrock.close();
});

const suggestions = {
  suggestions: [
    {
      title: 'Two to go',
      description: 'You published 3 of 5 listings.',
      action: 'create-listing',
      priority: 'high',
      facts: ['goal1'],
    },
  ],
};

const answerWith = (content: unknown[], stopReason = 'end_turn') => ({
  output: { message: { role: 'assistant', content } },
  stopReason,
  usage: { inputTokens: 812, outputTokens: 97, totalTokens: 909 },
  metrics: { latencyMs: 350 },
});
const asTool = (input: unknown) =>
  answerWith([{ toolUse: { toolUseId: 't1', name: 'write_suggestions', input } }], 'tool_use');
const asText = (text: string) => answerWith([{ text }]);

const TOKENS = { input: 812, output: 97 };
const written = { outcome: 'written', answer: suggestions, tokens: TOKENS, model: MODEL };

const writeAfter = (...answers: ScriptedAnswer[]) => {
  bedrock.answer(...answers);
  return textWriter({ client, model: MODEL }).write('suggestions', PROMPT, LIMITS);
};
const failed = (why: WriteFailure, tokens = { input: 0, output: 0 }) => ({ outcome: 'failed', why, tokens });

describe('what is asked', () => {
  it('is one forced tool, with a bound on tokens', async () => {
    await writeAfter({ body: asTool(suggestions) });
    const [{ path, body } = { path: '', body: {} }] = bedrock.sent;
    expect(path).toBe(`/model/${MODEL}/converse`);
    expect(body).toMatchObject({
      system: [{ text: PROMPT.system }],
      messages: [{ role: 'user', content: [{ text: PROMPT.user }] }],
      inferenceConfig: { maxTokens: 700 },
      toolConfig: { toolChoice: { tool: { name: 'write_suggestions' } } },
    });
    const { tools } = body.toolConfig as { tools: { toolSpec: { inputSchema: { json: object } } }[] };
    expect(tools).toHaveLength(1);
    expect(tools[0]?.toolSpec.inputSchema.json).toMatchObject({ required: ['suggestions'] });
    expect(body).not.toHaveProperty('outputConfig');
  });

  it('is a JSON schema where that is wanted, without the keywords that the service refuses', async () => {
    bedrock.answer({ body: asText(JSON.stringify(suggestions)) });
    const writer = textWriter({ client, model: MODEL, output: 'json_schema' });
    expect(await writer.write('suggestions', PROMPT, LIMITS)).toEqual(written);
    const [{ body } = { body: {} as Record<string, unknown> }] = bedrock.sent;
    const { textFormat } = body.outputConfig as {
      textFormat: { type: string; structure: { jsonSchema: { schema: string } } };
    };
    expect(textFormat.type).toBe('json_schema');
    const { schema } = textFormat.structure.jsonSchema;
    expect(JSON.parse(schema)).toMatchObject({ type: 'object', additionalProperties: false });
    expect(schema).not.toMatch(/"(minLength|maxLength|maxItems|\$schema)"/);
    expect(body).not.toHaveProperty('toolConfig');
  });

  it('goes to an inference profile by its ARN', async () => {
    const arn = 'arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.amazon.nova-micro-v1:0';
    bedrock.answer({ body: asTool(suggestions) });
    await textWriter({ client, model: arn }).write('suggestions', PROMPT, LIMITS);
    expect(bedrock.sent[0]?.path).toBe(`/model/${arn}/converse`);
  });
});

describe('an answer', () => {
  const json = JSON.stringify(suggestions);
  it.each([
    ['a call of the tool', asTool(suggestions)],
    ['a call of the tool with JSON as text', asTool(json)],
    ['JSON', asText(json)],
    ['JSON in a code fence', asText(`\`\`\`json\n${JSON.stringify(suggestions, null, 2)}\n\`\`\``)],
    ['JSON behind a sentence', asText(`Here is what I found: ${json} I hope that it helps.`)],
    ['JSON in parts', answerWith([{ text: json.slice(0, 20) }, { text: json.slice(20) }])],
    [
      'a sentence and a call of the tool',
      answerWith([{ text: 'Well:' }, ...asTool(suggestions).output.message.content]),
    ],
  ])('is read as %s', async (_, body) => {
    expect(await writeAfter({ body })).toEqual(written);
  });

  it.each([
    ['prose', asText('I cannot do that.')],
    ['broken JSON', asText(json.slice(0, -3))],
    ['another form', asTool({ suggestion: [] })],
    ['a field too many', asTool({ ...suggestions, note: 'I was told to add this' })],
    [
      'a text that is too long',
      asTool({ suggestions: [{ ...suggestions.suggestions[0], title: 'x'.repeat(91) }] }),
    ],
    ['nothing', answerWith([])],
    ['a filtered text', { ...asTool(suggestions), stopReason: 'content_filtered' }],
    ['a call that the service found malformed', { ...asTool(suggestions), stopReason: 'malformed_tool_use' }],
  ])('is malformed as %s, and is counted', async (_, body) => {
    expect(await writeAfter({ body })).toEqual(failed('malformed', TOKENS));
    expect(bedrock.sent).toHaveLength(1);
  });

  it('is cut off where the tokens ran out, and is counted', async () => {
    const body = { ...asText(json.slice(0, 60)), stopReason: 'max_tokens' };
    expect(await writeAfter({ body })).toEqual(failed('cut off', TOKENS));
  });

  it.each([
    ['HTML', '<html>gateway</html>'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[1]'],
    ['half an answer', JSON.stringify(asTool(suggestions)).slice(0, 80)],
  ])('of %s in place of the service is malformed', async (_, raw) => {
    expect(await writeAfter({ raw })).toMatchObject({ outcome: 'failed', why: 'malformed' });
  });

  it('never makes it throw, whatever it is', async () => {
    const anything = fc.asyncProperty(fc.json({ maxDepth: 4 }), async (raw) => {
      const { outcome } = await writeAfter({ raw });
      expect(outcome).toBe('failed');
    });
    await fc.assert(anything, { seed: 5, numRuns: 60 });
  });
});

describe('a fault', () => {
  it.each<[status: number, fault: string, why: WriteFailure, message?: string]>([
    [429, 'ThrottlingException', 'throttled'],
    [400, 'ServiceQuotaExceededException', 'throttled'],
    [403, 'AccessDeniedException', 'denied'],
    [403, 'UnrecognizedClientException', 'denied'],
    [403, 'ExpiredTokenException', 'denied'],
    [404, 'ResourceNotFoundException', 'unknown model'],
    [400, 'ValidationException', 'unknown model', 'The provided model identifier is invalid.'],
    [
      400,
      'ValidationException',
      'unknown model',
      'Invocation of model ID x with on-demand throughput isn’t supported. Retry with an inference profile.',
    ],
    [400, 'ValidationException', 'malformed', 'Input is too long for requested model.'],
    [400, 'ValidationException', 'malformed', 'The maximum tokens you requested exceeds the limit'],
    [408, 'ModelTimeoutException', 'timed out'],
    [424, 'ModelErrorException', 'unavailable'],
    [429, 'ModelNotReadyException', 'unavailable'],
    [500, 'InternalServerException', 'unavailable'],
    [503, 'ServiceUnavailableException', 'unavailable'],
    [502, 'SomethingNew', 'unavailable'],
    [418, 'SomethingNew', 'unavailable'],
  ])('of %i %s is: %s', async (status, fault, why, message = fault) => {
    bedrock.answer({ status, fault, message });
    const once = bedrockClient({
      endpoint: bedrock.url,
      region: 'eu-central-1',
      credentials: KEYS,
      attempts: 1,
    });
    const writer = textWriter({ client: once, model: MODEL });
    expect(await writer.write('suggestions', PROMPT, LIMITS)).toEqual(failed(why));
    once.destroy();
  });

  it('that passes is tried again, twice at most', async () => {
    const busy: ScriptedAnswer = { status: 429, fault: 'ThrottlingException' };
    const broken: ScriptedAnswer = { status: 500, fault: 'InternalServerException' };
    expect(await writeAfter(busy, broken, { body: asTool(suggestions) })).toEqual(written);
    expect(await writeAfter('hang up', { body: asTool(suggestions) })).toEqual(written);
    expect(await writeAfter(broken)).toEqual(failed('unavailable'));
    expect(bedrock.sent).toHaveLength(3);
  });

  it('of ours is not tried again', async () => {
    await writeAfter({ status: 403, fault: 'AccessDeniedException' });
    expect(bedrock.sent).toHaveLength(1);
  });

  it('of the network is: unavailable', async () => {
    const gone = bedrockClient({ endpoint: 'http://127.0.0.1:1', region: 'eu-central-1', credentials: KEYS });
    const writer = textWriter({ client: gone, model: MODEL });
    expect(await writer.write('suggestions', PROMPT, LIMITS)).toEqual(failed('unavailable'));
  });

  it('of missing credentials is: denied', async () => {
    const credentials = async () => {
      throw Object.assign(new Error('none'), { name: 'CredentialsProviderError' });
    };
    const nobody = bedrockClient({ endpoint: bedrock.url, region: 'eu-central-1', credentials });
    const writer = textWriter({ client: nobody, model: MODEL });
    expect(await writer.write('suggestions', PROMPT, LIMITS)).toEqual(failed('denied'));
  });
});

describe('the time', () => {
  const timed = async (answers: ScriptedAnswer[], withinMs: number) => {
    bedrock.answer(...answers);
    const started = performance.now();
    const writing = await textWriter({ client, model: MODEL }).write('suggestions', PROMPT, {
      ...LIMITS,
      withinMs,
    });
    return { writing, tookMs: performance.now() - started };
  };

  it.each<[string, ScriptedAnswer]>([
    ['hangs', 'never'],
    ['is slow', { body: asTool(suggestions), afterMs: 8_000 }],
  ])('ends a service that %s', async (_, answer) => {
    const { writing, tookMs } = await timed([answer], 200);
    expect(writing).toEqual(failed('timed out'));
    expect(tookMs).toBeLessThan(500);
  });

  it('ends attempts too, and tells then what they met', async () => {
    const { writing, tookMs } = await timed([{ status: 429, fault: 'ThrottlingException' }], 60);
    expect(writing).toEqual(failed('throttled'));
    expect(tookMs).toBeLessThan(400);
  });

  it('ends credentials that do not come', async () => {
    const stuck = bedrockClient({
      endpoint: bedrock.url,
      region: 'eu-central-1',
      credentials: () => new Promise(() => undefined),
    });
    const writer = textWriter({ client: stuck, model: MODEL });
    expect(await writer.write('suggestions', PROMPT, { ...LIMITS, withinMs: 100 })).toEqual(
      failed('timed out'),
    );
  });

  it('that is over before it begins asks nobody', async () => {
    expect((await timed([{ body: asTool(suggestions) }], 0)).writing).toEqual(failed('timed out'));
  });
});

describe('the circuit', () => {
  it('is that of the process: while it is open nobody is asked, and the answer comes at once', async () => {
    const states: string[] = [];
    const shared = circuit({ failures: 2, openMs: 60, onChange: (state) => states.push(state) });
    const writer = () => textWriter({ client, model: MODEL, circuit: shared });
    bedrock.answer({ status: 403, fault: 'AccessDeniedException' });
    for (const why of ['denied', 'denied', 'circuit open'] as const)
      expect(await writer().write('suggestions', PROMPT, LIMITS)).toEqual(failed(why));
    expect(bedrock.sent).toHaveLength(2);
    bedrock.answer({ body: asTool(suggestions) });
    await delay(80);
    expect(await writer().write('suggestions', PROMPT, LIMITS)).toEqual(written);
    expect(states).toEqual(['open', 'half open', 'closed']);
  });
});
