/** GPT-4o's vocabulary (o200k_base): models of Bedrock cut text into other tokens, about as many. Loaded with the first count: it is large. */
export const countTokens = async (text: string): Promise<number> => {
  const { countTokens: count } = await import('gpt-tokenizer/encoding/o200k_base');
  return count(text, { allowedSpecial: 'all' });
};
