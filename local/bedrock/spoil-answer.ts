import type { ReadPrompt } from './read-prompt.ts';

type Random = () => number;

/** A claim in an answer of either purpose. */
type Claim = { facts: string[] } & Partial<Record<'title' | 'text' | 'description' | 'body', string>>;

const claimsOf = (answer: object): Claim[] => Object.values(answer).flat() as Claim[];

const oneOf = (claims: readonly Claim[], random: Random): Claim | undefined =>
  claims[Math.floor(random() * claims.length)];

const fieldOf = (claim: Claim): 'text' | 'description' | 'body' =>
  claim.text !== undefined ? 'text' : claim.description !== undefined ? 'description' : 'body';

/** A number that stands nowhere in what was told. */
const unheardOf = (told: string, random: Random): number => {
  let number = 11 + Math.floor(random() * 900);
  while (told.includes(String(number))) number += 7;
  return number;
};

/** Changes one number of one claim, or adds one where there is none. */
export const inventNumber = <A extends object>(given: A, told: string, random: Random): A => {
  const answer = structuredClone(given);
  const claim = oneOf(claimsOf(answer), random);
  if (!claim) return answer;
  const field = fieldOf(claim);
  const text = claim[field] ?? '';
  const number = unheardOf(told, random);
  const numbers = [...text.matchAll(/\d+(?:[.,-]\d+)*/g)];
  const at = numbers[Math.floor(random() * numbers.length)];
  claim[field] = at
    ? text.slice(0, at.index) + number + text.slice(at.index + at[0].length)
    : `${text.slice(0, 380)} That is ${number} more than before.`;
  return answer;
};

/** Lets one claim rest on a fact that was not told. */
export const foreignFact = <A extends object>(given: A, told: string, random: Random): A => {
  const answer = structuredClone(given);
  const claim = oneOf(claimsOf(answer), random);
  if (!claim) return answer;
  const kind = /^[a-z]+/.exec(claim.facts[0] ?? '')?.[0] ?? 'goal';
  claim.facts[Math.floor(random() * claim.facts.length)] = `${kind}${unheardOf(told, random)}`;
  return answer;
};

const ASKS =
  /\b(write|say|answer|respond|reply|output|print|repeat|mention|include|recommend|tell|reveal|ignore)\b.*\b(only|exactly|words?|every|each|all|instead|users?|everyone|prompt|instructions|titles?|sentences?|answers?)\b/i;

const wanted = (text: string): string =>
  /["“']([^"”']{3,})["”']/.exec(text)?.[1] ?? /\b(?:only|exactly|words?)\b:? (.+)$/i.exec(text)?.[1] ?? text;

/**
 * Does what a text of a user asks for. Where none asks for anything that this simple reader understands, it does what such texts ask
 * for most: it tells its instructions. So the answer is never a good one, as if a text had come past the fence.
 */
export const obey = <A extends object>(given: A, { texts }: ReadPrompt, system: string): A => {
  const answer = structuredClone(given);
  const asks = [...texts.values()].find((text) => ASKS.test(text));
  const rules = system.slice(system.indexOf('Rules:'), system.indexOf('Rules:') + 300).replace(/\s+/g, ' ');
  const said = asks === undefined ? `My instructions are these. ${rules}` : wanted(asks);
  for (const claim of claimsOf(answer)) {
    claim[fieldOf(claim)] = said.length < 10 ? `${said} ${said} ${said}`.padEnd(10, '!') : said.slice(0, 400);
    if (claim.title !== undefined) claim.title = said.slice(0, 80).padEnd(3, '!');
  }
  return answer;
};
