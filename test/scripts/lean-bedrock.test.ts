import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BuildOptions, build } from 'esbuild';
import { bedrockClient } from '../../adapters/bedrock/client.ts';
import type { TextOutput } from '../../adapters/bedrock/converse-request.ts';
import { textWriter } from '../../adapters/bedrock/text-writer.ts';
import type { Writing } from '../../core/insights/types.ts';
import { bundleOptions } from '../../scripts/bundle-functions.ts';
import { type ScriptedBedrock, scriptedBedrock } from '../support/scripted-bedrock.ts';

const SOURCE = `
  import { bedrockClient } from './adapters/bedrock/client.ts';
  import { textWriter } from './adapters/bedrock/text-writer.ts';
  export const write = (endpoint, output) => {
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    const client = bedrockClient({ endpoint, region: 'eu-west-1', credentials });
    const prompt = { system: 'Write.', user: 'goal1: 3 of 5' };
    return textWriter({ client, model: 'm', output }).write('suggestions', prompt, LIMITS);
  };
  const LIMITS = { withinMs: 5_000, mostTokens: 100 };`;

type Written = { write: (url: string, output?: TextOutput) => Promise<Writing<'suggestions'>> };

let bedrock: ScriptedBedrock;
let text: string;
beforeAll(async () => {
  bedrock = await scriptedBedrock();
  const options: BuildOptions = { ...bundleOptions(), format: 'cjs', banner: {}, write: false };
  const { outputFiles } = await build({
    ...options,
    stdin: { contents: SOURCE, resolveDir: process.cwd(), loader: 'js' },
  });
  text = outputFiles?.[0]?.text ?? '';
});
afterAll(() => bedrock.close());

const loaded = (): Written => {
  const module = { exports: {} };
  new Function('module', 'exports', 'require', text)(module, module.exports, createRequire(import.meta.url));
  return module.exports as Written;
};

describe("Bedrock's client in the bundles", () => {
  it('holds nothing of HTTP/2, event streams and SSO', () => {
    expect(/node:http2|vnd\.amazon\.eventstream|sso-oidc/.test(text)).toBe(false);
  });

  it.each<TextOutput>(['tool', 'json_schema'])(
    'sends what the whole client sends, asking by %s',
    async (output) => {
      bedrock.answer({ status: 403, fault: 'AccessDeniedException' });
      await loaded().write(bedrock.url, output);
      const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
      const client = bedrockClient({ endpoint: bedrock.url, region: 'eu-west-1', credentials });
      const prompt = { system: 'Write.', user: 'goal1: 3 of 5' };
      const limits = { withinMs: 5_000, mostTokens: 100 };
      await textWriter({ client, model: 'm', output }).write('suggestions', prompt, limits);
      const [lean, whole] = bedrock.sent;
      expect(lean?.body).toHaveProperty(output === 'tool' ? 'toolConfig' : 'outputConfig');
      expect(lean).toEqual(whole);
      client.destroy();
    },
  );

  it('writes, tries again, and knows the faults by name', async () => {
    const suggestion = {
      title: 'Two to go',
      description: 'You published 3 of 5 listings.',
      action: 'create-listing',
      priority: 'high',
      facts: ['goal1'],
    };
    const input = { suggestions: [suggestion] };
    const content = [{ toolUse: { toolUseId: 't', name: 'write_suggestions', input } }];
    const body = {
      output: { message: { role: 'assistant', content } },
      stopReason: 'tool_use',
      usage: { inputTokens: 3, outputTokens: 4, totalTokens: 7 },
    };
    bedrock.answer({ status: 500, fault: 'InternalServerException' }, { body });
    expect(await loaded().write(bedrock.url)).toEqual({
      outcome: 'written',
      answer: input,
      tokens: { input: 3, output: 4 },
      model: 'm',
    });
    expect(bedrock.sent).toHaveLength(2);
    for (const [status, fault, why] of [
      [400, 'ServiceQuotaExceededException', 'throttled'],
      [403, 'AccessDeniedException', 'denied'],
      [424, 'ModelErrorException', 'unavailable'],
    ] as const) {
      bedrock.answer({ status, fault });
      expect(await loaded().write(bedrock.url)).toMatchObject({ why });
    }
  });
});
