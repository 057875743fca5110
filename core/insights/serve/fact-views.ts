import type { Fact } from '../facts/types.ts';
import type { TextPurpose } from '../types.ts';
import type { KeptText } from './shown-texts.ts';
import type { TextChoice } from './text-choice.ts';

/** A fact as it was used. */
export type FactView = { readonly id: string; readonly kind: string; readonly says: string };

type CitingText = { readonly facts: readonly string[] };

const citedBy = (texts: readonly CitingText[]): ReadonlySet<string> =>
  new Set(texts.flatMap(({ facts }) => facts));

const kindOf = (id: string): string => id.replace(/\d+$/, '');

const viewOf = (id: string, says: string): FactView => ({ id, kind: kindOf(id), says });

/** What the facts of a kept text said, by the ids that they have now. */
const saysNow = ({ text, idNow }: KeptText): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(text.says).map(([id, sentence]) => [idNow(id), sentence]));

/**
 * The facts of an answer, so that every number can be followed back. Those that a model's shown text rests on say what they said when it
 * was written: a number may have moved since by less than the hash of the facts notices. Where something else in the answer, by rules or
 * the engine, rests on the same fact, it is there twice if it says something else now.
 */
export const factViews = (
  facts: readonly Fact[],
  choice: TextChoice<TextPurpose>,
  shown: { readonly byModel: readonly CitingText[]; readonly others: readonly CitingText[] },
): FactView[] => {
  const says = choice.by === 'model' ? saysNow(choice) : {};
  const [ofModel, ofOthers] = [citedBy(shown.byModel), citedBy(shown.others)];
  const used = Object.entries(says).filter(([id]) => ofModel.has(id));
  const isSaid = ({ id, says: now }: Fact): boolean =>
    ofModel.has(id) && Object.hasOwn(says, id) && (!ofOthers.has(id) || says[id] === now);
  return [
    ...used.map(([id, sentence]) => viewOf(id, sentence)),
    ...facts.filter((fact) => !isSaid(fact)).map(({ id, says: sentence }) => viewOf(id, sentence)),
  ];
};
