import type { TextPurpose, WrittenInsights, WrittenSuggestions } from '../../core/insights/types.ts';
import type { ReadFact, ReadPrompt } from './read-prompt.ts';

type Random = () => number;

const LEADS = [
  'As it stands today',
  'Worth knowing',
  'What stands out',
  'Here is where you are',
  'A look at your work',
  'This is how it goes',
  'To keep in mind',
  'In short',
  'Seen as a whole',
  'Something to build on',
  'What the last days show',
  'A good place to begin',
];

const TITLES: Readonly<Record<string, readonly string[]>> = {
  goal: ['Your goal needs you', 'Closer to your goal', 'Keep your goal in sight', 'A step for your goal'],
  focus: ['News in your market', 'Your market moves', 'What is new where you work'],
  trend: ['What others look at', 'Rising right now', 'Much in demand'],
  feature: ['A feature worth your time', 'Where you work most', 'Back to a feature'],
  unfinished: ['Pick up where you stopped', 'Begun and waiting', 'Finish what you started'],
  streak: ['Keep your streak', 'Do something today', 'A habit in the making'],
};
const OTHER_TITLES = [
  'A next step for you',
  'Something for today',
  'Worth a look',
  'For you',
  'Up next',
  'One idea',
];

const LONGEST = 400;

type Claim = { readonly text: string; readonly facts: string[] };

/** Writes claims and titles so that none comes twice. */
type Pen = { claim(facts: readonly ReadFact[]): Claim | undefined; title(kind: string): string };

const pick = <T>(from: readonly T[], random: Random): T | undefined =>
  from[Math.floor(random() * from.length)];

const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

const newPen = (random: Random): Pen => {
  const used = new Set<string>();
  const fresh = (candidates: readonly string[]): string | undefined => {
    const left = candidates.filter((candidate) => !used.has(candidate));
    const chosen = pick(left, random);
    if (chosen !== undefined) used.add(chosen);
    return chosen;
  };
  return {
    title: (kind) =>
      fresh(TITLES[kind] ?? []) ?? fresh(OTHER_TITLES) ?? `For you, ${LEADS[used.size % LEADS.length]}`,
    claim: (facts) => {
      const said = facts.map(({ says }) => sentence(says)).join(' ');
      const lead = fresh(LEADS) ?? pick(LEADS, random);
      const text = `${lead}: ${said}`;
      return text.length > LONGEST ? undefined : { text, facts: facts.map(({ id }) => id) };
    },
  };
};

const shuffled = <T>(from: readonly T[], random: Random): T[] =>
  from
    .map((value) => ({ value, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ value }) => value);

/** One to `most` claims about facts of these kinds; some rest on two facts. */
const claims = (
  facts: readonly ReadFact[],
  kinds: readonly string[],
  most: number,
  pen: Pen,
  random: Random,
) => {
  const left = shuffled(
    facts.filter(({ kind }) => kinds.includes(kind)),
    random,
  );
  const written: (Claim & { kind: string })[] = [];
  while (left.length > 0 && written.length < most) {
    const group = left.splice(0, random() < 0.3 ? 2 : 1);
    const claim = pen.claim(group) ?? pen.claim(group.slice(0, 1));
    if (claim) written.push({ ...claim, kind: group[0]?.kind ?? '' });
  }
  return written;
};

const DONE = [
  'feature',
  'content',
  'activity',
  'pattern',
  'segment',
  'standing',
  'streak',
  'recent',
  'unfinished',
  'interest',
];
const AHEAD = ['churn', 'value', 'next', 'goal'];
const TO_DO = [
  'goal',
  'unfinished',
  'feature',
  'streak',
  'content',
  'page',
  'action',
  'completion',
  'next',
  'pattern',
];
const MARKET = ['focus', 'trend'];
const PRIORITIES = ['high', 'medium', 'low'] as const;

const about = (facts: readonly ReadFact[], kinds: readonly string[]): readonly string[] =>
  facts.some(({ kind }) => kinds.includes(kind)) ? kinds : [...new Set(facts.map(({ kind }) => kind))];

const actionsFrom = (prompt: ReadPrompt, most: number, pen: Pen, random: Random) => {
  const actions = shuffled(prompt.actions, random);
  return claims(prompt.facts, about(prompt.facts, TO_DO), Math.min(most, actions.length), pen, random).map(
    ({ text, facts, kind }, at) => ({
      title: pen.title(kind),
      description: text,
      action: actions[at] ?? '',
      priority: PRIORITIES[Math.min(at, 2)] ?? 'low',
      facts,
    }),
  );
};

const insights = (prompt: ReadPrompt, random: Random): WrittenInsights => {
  const pen = newPen(random);
  const { facts } = prompt;
  const plain = ({ text, facts: ids }: Claim) => ({ text, facts: ids });
  return {
    behaviour: claims(facts, about(facts, DONE), 3, pen, random).map(plain),
    predictions: claims(facts, AHEAD, 2, pen, random).map(plain),
    advice: claims(facts, TO_DO, 2, pen, random).map(({ text, facts: ids, kind }) => ({
      title: pen.title(kind),
      text,
      action: pick(prompt.actions, random),
      facts: ids,
    })),
    priorityActions: actionsFrom(prompt, 2, pen, random),
    marketInsights: claims(facts, MARKET, 2, pen, random).map(({ text, facts: ids, kind }) => ({
      title: pen.title(kind),
      kind: kind === 'trend' ? 'trend' : 'opportunity',
      body: text,
      facts: ids,
    })),
  };
};

const suggestions = (prompt: ReadPrompt, random: Random): WrittenSuggestions => ({
  suggestions: actionsFrom(prompt, 3, newPen(random), random),
});

/** A good answer from what the prompt says, another one under every seed. */
export const writeAnswer = (
  purpose: TextPurpose,
  prompt: ReadPrompt,
  random: Random,
): WrittenInsights | WrittenSuggestions =>
  purpose === 'insights' ? insights(prompt, random) : suggestions(prompt, random);
