import { keysOf, valueAt } from '../conditions/paths.ts';
import type { Check, Clause, ConditionEngine, Json, RuleData } from '../types.ts';
import { type ClauseTree, clauseTreeOf } from './clause-tree.ts';
import { type LeafWords, leafWords, seenText } from './leaf-words.ts';
import { joinedText } from './words.ts';

/** A condition that can say why data meet it, or do not. */
export type ExplainedCondition = {
  /** The condition in words. */
  readonly text: string;
  /** Why data that meet it do, with what was seen. */
  readonly metBy: (data: RuleData) => string;
  /** Why data that do not meet it do not: the first comparison that fails, or all alternatives. */
  readonly failedBy: (data: RuleData) => string;
  /** Every comparison, in the order of the condition. */
  readonly clausesOf: (data: RuleData) => readonly Clause[];
};

type Leaf = {
  readonly kind: 'leaf';
  readonly words: LeafWords;
  readonly keys: readonly string[];
  readonly met: Check;
};
type Group = { readonly kind: 'all' | 'any'; readonly parts: readonly Node[] };
type Node = Leaf | Group;

/** Comparisons that a sentence names; the clauses name all. */
const NAMED = 6;

/** Compiles at the first question: deciding needs the whole condition only. */
const lazyCheck = (engine: ConditionEngine, logic: Json): Check => {
  let compiled: Check | undefined;
  return (data) => {
    compiled ??= engine.compile(logic);
    return compiled(data);
  };
};

const nodeOf = (tree: ClauseTree, engine: ConditionEngine): Node => {
  if (tree.kind !== 'leaf') return { kind: tree.kind, parts: tree.parts.map((part) => nodeOf(part, engine)) };
  const { logic, negated } = tree;
  const words = leafWords(logic, negated);
  const met = lazyCheck(engine, negated ? { '!': [logic] } : logic);
  return { kind: 'leaf', words, keys: words.path === '' ? [] : keysOf(words.path), met };
};

const isMet = (node: Node, data: RuleData): boolean => {
  if (node.kind === 'leaf') return node.met(data) === true;
  if (node.kind === 'all') return node.parts.every((part) => isMet(part, data));
  return node.parts.some((part) => isMet(part, data));
};

const seenBy = ({ keys }: Leaf, data: RuleData): unknown =>
  keys.length === 0 ? undefined : valueAt(data, keys);

const metWords = (node: Node, data: RuleData): string => {
  if (node.kind === 'leaf') return seenText(node.words, seenBy(node, data), true);
  if (node.kind === 'any') {
    const met = node.parts.find((part) => isMet(part, data));
    return met ? metWords(met, data) : textOf(node);
  }
  return joinedText(node.parts, 'and', NAMED, (part) => metWords(part, data));
};

const failedWords = (node: Node, data: RuleData): string => {
  if (node.kind === 'leaf') return seenText(node.words, seenBy(node, data), false);
  const failed = node.parts.filter((part) => !isMet(part, data));
  const told = node.kind === 'all' ? failed.slice(0, 1) : failed;
  return joinedText(told, 'and', NAMED, (part) => failedWords(part, data));
};

const textOf = (node: Node): string => {
  if (node.kind === 'leaf') return node.words.text;
  const nested = (part: Node) => (part.kind === 'leaf' ? textOf(part) : `(${textOf(part)})`);
  return joinedText(node.parts, node.kind === 'all' ? 'and' : 'or', NAMED, nested);
};

const clauses = (node: Node, data: RuleData): Clause[] => {
  if (node.kind !== 'leaf') return node.parts.flatMap((part) => clauses(part, data));
  const { path, expected, text } = node.words;
  const clause = { path, passed: isMet(node, data), value: seenBy(node, data) ?? null, text };
  return [expected === undefined ? clause : { ...clause, expected }];
};

/** Prepares the words of a checked condition. */
export const explainedCondition = (condition: Json, engine: ConditionEngine): ExplainedCondition => {
  const root = nodeOf(clauseTreeOf(condition), engine);
  return {
    text: textOf(root),
    metBy: (data) => metWords(root, data),
    failedBy: (data) => failedWords(root, data),
    clausesOf: (data) => clauses(root, data),
  };
};
