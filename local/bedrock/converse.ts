import { randomUUID } from 'node:crypto';
import { seededRandom } from '../../core/numbers/seeded-random.ts';
import type { Behaviour } from './behaviours.ts';
import { countTokens } from './count-tokens.ts';
import { readPrompt } from './read-prompt.ts';
import { foreignFact, inventNumber, obey } from './spoil-answer.ts';
import { writeAnswer } from './write-answer.ts';

/** The parts of a Converse request that matter here; the rest is not looked at. */
export type ConverseBody = {
  readonly system?: readonly { readonly text?: string }[];
  readonly messages?: readonly {
    readonly role: string;
    readonly content: readonly { readonly text?: string }[];
  }[];
  readonly toolConfig?: {
    readonly tools?: readonly {
      readonly toolSpec?: { readonly name: string; readonly inputSchema: { readonly json?: unknown } };
    }[];
  };
  readonly outputConfig?: {
    readonly textFormat?: { readonly structure?: { readonly jsonSchema?: { readonly schema?: string } } };
  };
};

const joined = (parts: readonly { readonly text?: string }[] = []): string =>
  parts.map(({ text }) => text ?? '').join('\n');

export const systemOf = ({ system }: ConverseBody): string => joined(system);

export const userOf = ({ messages = [] }: ConverseBody): string =>
  messages
    .filter(({ role }) => role === 'user')
    .map(({ content }) => joined(content))
    .join('\n');

const toolOf = ({ toolConfig }: ConverseBody) => toolConfig?.tools?.[0]?.toolSpec;

const schemaOf = (body: ConverseBody): string =>
  JSON.stringify(toolOf(body)?.inputSchema.json ?? '') +
  (body.outputConfig?.textFormat?.structure?.jsonSchema?.schema ?? '');

/** Which answer the schema asks for. */
const purposeOf = (body: ConverseBody) =>
  schemaOf(body).includes('"suggestions"') ? 'suggestions' : 'insights';

const answerTo = (body: ConverseBody, behaviour: Behaviour, seed: number): object => {
  const [system, user] = [systemOf(body), userOf(body)];
  const random = seededRandom(seed);
  const prompt = readPrompt(user);
  const good = writeAnswer(purposeOf(body), prompt, random);
  if (behaviour === 'invented-numbers') return inventNumber(good, user, random);
  if (behaviour === 'foreign-facts') return foreignFact(good, user, random);
  return behaviour === 'obeys-injection' ? obey(good, prompt, system) : good;
};

/** JSON that ends in the middle, or, where it must be JSON, of another shape. */
const MALFORMED = {
  text: 'Here is your answer:\n{"behaviour": [{"text": "You',
  input: { answer: 'You are doing well.' },
};

const contentFor = (body: ConverseBody, behaviour: Behaviour, answer: object) => {
  const tool = toolOf(body);
  const malformed = behaviour === 'malformed';
  if (!tool) return { text: malformed ? MALFORMED.text : JSON.stringify(answer) };
  const input = malformed ? MALFORMED.input : answer;
  return { toolUse: { toolUseId: `tooluse_${randomUUID()}`, name: tool.name, input } };
};

/** The service's answer to a request, with the tokens that it would bill, about. */
export const converse = async (body: ConverseBody, behaviour: Behaviour, seed: number, latencyMs: number) => {
  const content = contentFor(body, behaviour, answerTo(body, behaviour, seed));
  const inputTokens = await countTokens(`${systemOf(body)}\n${userOf(body)}\n${schemaOf(body)}`);
  const outputTokens = await countTokens(JSON.stringify(content.toolUse?.input ?? content.text));
  return {
    output: { message: { role: 'assistant', content: [content] } },
    stopReason: content.toolUse ? 'tool_use' : 'end_turn',
    usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens },
    metrics: { latencyMs },
  };
};
