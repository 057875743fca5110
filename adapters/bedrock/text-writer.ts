import {
  type BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import type { TextWriter } from '../../core/insights/ports.ts';
import type { Prompt, TextPurpose, Writing } from '../../core/insights/types.ts';
import { type Circuit, circuit } from './circuit.ts';
import { readAnswer, tokensOf } from './converse-answer.ts';
import { converseRequest, type TextOutput } from './converse-request.ts';
import { writeFailureOf } from './write-failure.ts';

export type TextWriterOptions = {
  readonly client: BedrockRuntimeClient;
  /** Model id, or id or ARN of an inference profile. */
  readonly model: string;
  /** Default: `tool`, which every model with tools takes. */
  readonly output?: TextOutput;
  /** One per process. Default: one of its own. */
  readonly circuit?: Circuit;
};

type Limits = { readonly withinMs: number; readonly mostTokens: number };

const NO_TOKENS = { input: 0, output: 0 };

/** Rejects with an AbortError at the signal: also while the client waits where it does not look at signals. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const end = (): void => reject(new DOMException('The time is over', 'AbortError'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });

/** Remembers how the last attempt that ended failed: where the time is over between two attempts, that is the reason. */
const withLastFault = (command: ConverseCommand) => {
  const last: { fault?: unknown } = {};
  command.middlewareStack.add(
    (next) => async (args) => {
      last.fault = undefined;
      try {
        return await next(args);
      } catch (error) {
        last.fault = error;
        throw error;
      }
    },
    { step: 'finalizeRequest', priority: 'low', name: 'lastFault' },
  );
  return last;
};

/** @throws what the client throws, or the fault of the last attempt where the time is over */
const converse = async (
  client: BedrockRuntimeClient,
  command: ConverseCommand,
  withinMs: number,
): Promise<ConverseCommandOutput> => {
  const time = new AbortController();
  const timer = setTimeout(() => time.abort(), withinMs);
  const last = withLastFault(command);
  try {
    return await Promise.race([client.send(command, { abortSignal: time.signal }), aborted(time.signal)]);
  } catch (error) {
    throw time.signal.aborted ? (last.fault ?? error) : error;
  } finally {
    clearTimeout(timer);
  }
};

const write = async <P extends TextPurpose>(
  { client, model, output = 'tool' }: TextWriterOptions,
  purpose: P,
  prompt: Prompt,
  { withinMs, mostTokens }: Limits,
): Promise<Writing<P>> => {
  try {
    const request = converseRequest(purpose, prompt, { model, output, mostTokens });
    const answer = await converse(client, new ConverseCommand(request), withinMs);
    const [read, tokens] = [readAnswer(purpose, answer), tokensOf(answer)];
    if ('why' in read) return { outcome: 'failed', why: read.why, tokens };
    return { outcome: 'written', answer: read.answer, tokens, model };
  } catch (error) {
    return { outcome: 'failed', why: writeFailureOf(error), tokens: NO_TOKENS };
  }
};

/** Writes texts by a model of Bedrock. Behind its circuit, it is not asked while it does not work. */
export const textWriter = (options: TextWriterOptions): TextWriter => {
  const guarded = options.circuit ?? circuit();
  return {
    write: async (purpose, prompt, limits) =>
      (await guarded.call(() => write(options, purpose, prompt, limits))) ?? {
        outcome: 'failed',
        why: 'circuit open',
        tokens: NO_TOKENS,
      },
  };
};
