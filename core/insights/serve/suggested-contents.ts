import type { Domain } from '../../domains/types.ts';
import { plainRequest } from '../../recommend/ask.ts';
import { computeList, type ListPorts, type Question } from '../../recommend/serve/compute-list.ts';
import type { RecommendResult } from '../../recommend/types.ts';

const CONTENTS = 6;

const isOf = (types: readonly string[], { items }: RecommendResult): boolean =>
  items.every(({ item }) => types.includes(item.type));

/**
 * Contents for the morning page. In a catalogue that several products share, those of the domain's types; where it has none, whatever
 * there is. The night's list answers where it can.
 */
export const suggestedContents = async (
  ports: ListPorts,
  question: Omit<Question, 'request'>,
  { domain, now }: { readonly domain: Domain; readonly now: number },
): Promise<RecommendResult> => {
  const types = domain.contentTypes.map(({ type }) => type);
  const request = plainRequest({ limit: CONTENTS, now });
  const { result } = await computeList(ports, { ...question, request }, []);
  if (isOf(types, result)) return result;
  const ofDomain = await computeList(ports, { ...question, request: { ...request, types } }, []);
  return ofDomain.result.items.length > 0 ? ofDomain.result : result;
};
