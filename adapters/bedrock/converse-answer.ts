import type { ContentBlock, ConverseCommandOutput, StopReason } from '@aws-sdk/client-bedrock-runtime';
import { writtenTexts } from '../../contracts/messages/written-texts.ts';
import type { TextPurpose, Tokens, WriteFailure, Written } from '../../core/insights/types.ts';

/** What came of an answer of the Converse API. */
export type ReadAnswer<P extends TextPurpose> =
  | { readonly answer: Written[P] }
  | { readonly why: WriteFailure };

/** Reasons to stop that leave an answer behind which is whole. */
const WHOLE: ReadonlySet<StopReason> = new Set(['end_turn', 'stop_sequence', 'tool_use']);
const CUT: ReadonlySet<StopReason> = new Set(['max_tokens', 'model_context_window_exceeded']);

/** JSON in a text: all of it, or what stands between the first brace and the last (in a code fence, behind a sentence). */
const jsonIn = (text: string): unknown => {
  const [from, to] = [text.indexOf('{'), text.lastIndexOf('}')];
  try {
    return from < 0 ? undefined : JSON.parse(text.slice(from, to + 1));
  } catch {
    return undefined;
  }
};

/** A tool's input comes as a value; some models put a text of JSON in its place. */
const inputOf = (input: unknown): unknown => (typeof input === 'string' ? jsonIn(input) : input);

/** What the model handed over, whichever form it chose: a call of the tool first, else its text. */
const handedOver = (content: readonly ContentBlock[]): unknown => {
  const call = content.find(({ toolUse }) => toolUse !== undefined);
  if (call?.toolUse) return inputOf(call.toolUse.input);
  return jsonIn(content.map(({ text = '' }) => text).join(''));
};

/** The tokens of an answer; none where it does not say. */
export const tokensOf = ({ usage }: Partial<ConverseCommandOutput>): Tokens => ({
  input: usage?.inputTokens ?? 0,
  output: usage?.outputTokens ?? 0,
});

/** The text in an answer, in the form that contracts/messages/written-texts.ts asks for. */
export const readAnswer = <P extends TextPurpose>(
  purpose: P,
  { stopReason, output }: Partial<ConverseCommandOutput>,
): ReadAnswer<P> => {
  if (stopReason !== undefined && CUT.has(stopReason)) return { why: 'cut off' };
  if (stopReason !== undefined && !WHOLE.has(stopReason)) return { why: 'malformed' };
  const parsed = writtenTexts[purpose].safeParse(handedOver(output?.message?.content ?? []));
  return parsed.success
    ? { answer: parsed.data as Written[TextPurpose] as Written[P] }
    : { why: 'malformed' };
};
