import type { FactPattern } from '../../domains/types.ts';
import type { Fact } from '../facts/types.ts';
import { type FactIndex, fieldOf, matchesPattern } from './match-facts.ts';

/** Facts by the alias under which a template speaks of them. */
export type Binding = ReadonlyMap<string, Fact>;

/** An alias, what its fact must be, and the fields that the template's words need of it. */
export type Slot = {
  readonly alias: string;
  readonly pattern: FactPattern;
  readonly fields: readonly string[];
};

const fillsSlot = (fact: Fact, { pattern, fields }: Slot): boolean =>
  matchesPattern(fact, pattern) && fields.every((field) => fieldOf(fact, field) !== undefined);

/** Every alias gets a fact of its own: the first in the order of the sheet with which the others can be filled as well. */
const bind = (slots: readonly Slot[], index: FactIndex, taken: ReadonlySet<Fact>): Binding | undefined => {
  const [slot, ...others] = slots;
  if (!slot) return new Map();
  for (const fact of index.get(slot.pattern.kind) ?? []) {
    if (taken.has(fact) || !fillsSlot(fact, slot)) continue;
    const rest = bind(others, index, new Set(taken).add(fact));
    if (rest) return new Map([[slot.alias, fact], ...rest]);
  }
  return undefined;
};

/** Up to `most` ways to fill all slots, no fact in two of them. No slots: one empty binding. */
export const bindFacts = (slots: readonly Slot[], index: FactIndex, most: number): Binding[] => {
  const found: Binding[] = [];
  const taken = new Set<Fact>();
  while (found.length < most) {
    const binding = bind(slots, index, taken);
    if (!binding) break;
    found.push(binding);
    if (binding.size === 0) break;
    for (const fact of binding.values()) taken.add(fact);
  }
  return found;
};
