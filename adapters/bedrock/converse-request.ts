import type { ConverseCommandInput, ToolInputSchema } from '@aws-sdk/client-bedrock-runtime';
import { writtenTextSchemas } from '../../contracts/messages/written-texts.schema.generated.ts';
import type { Prompt, TextPurpose } from '../../core/insights/types.ts';

/** How a model is told the form of its answer: by a tool that it must use, or by a JSON schema, which not every model takes. */
export type TextOutput = 'tool' | 'json_schema';

/** Facts are to be put in words, not to be varied. */
const TEMPERATURE = 0.2;

const DESCRIPTIONS: Readonly<Record<TextPurpose, string>> = {
  insights: 'Hands over the insights that were written about the user',
  suggestions: 'Hands over the suggestions that were written for the page',
};

export const toolName = (purpose: TextPurpose): string => `write_${purpose}`;

type Form = Pick<ConverseCommandInput, 'toolConfig' | 'outputConfig'>;

const asTool = (purpose: TextPurpose): Form => {
  const name = toolName(purpose);
  const inputSchema = { json: writtenTextSchemas[purpose] } as unknown as ToolInputSchema;
  return {
    toolConfig: {
      tools: [{ toolSpec: { name, description: DESCRIPTIONS[purpose], inputSchema } }],
      toolChoice: { tool: { name } },
    },
  };
};

const asSchema = (purpose: TextPurpose): Form => ({
  outputConfig: {
    textFormat: {
      type: 'json_schema',
      structure: {
        jsonSchema: {
          name: toolName(purpose),
          description: DESCRIPTIONS[purpose],
          schema: JSON.stringify(writtenTextSchemas[purpose]),
        },
      },
    },
  },
});

/** What is sent to Bedrock's Converse API. */
export const converseRequest = (
  purpose: TextPurpose,
  prompt: Prompt,
  { model, output, mostTokens }: { model: string; output: TextOutput; mostTokens: number },
): ConverseCommandInput => ({
  modelId: model,
  system: [{ text: prompt.system }],
  messages: [{ role: 'user', content: [{ text: prompt.user }] }],
  inferenceConfig: { maxTokens: mostTokens, temperature: TEMPERATURE },
  ...(output === 'tool' ? asTool(purpose) : asSchema(purpose)),
});
