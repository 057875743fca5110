import type { CatalogItem } from '../catalog/types.ts';
import type { QuestionnaireData } from '../profile/stored-profile.ts';
import { hasPhrase, phraseText } from '../questionnaire/words.ts';
import type { HeroDefinition, HeroSignal, HomepageDefinition, ShownHero } from './types.ts';

/** What a hero may be chosen by. */
export type HeroFacts = {
  readonly answers: QuestionnaireData | undefined;
  /** Named segments, surest first. */
  readonly segments: readonly { readonly name: string; readonly confidence: number }[];
  /** The user's own words. */
  readonly interests: readonly string[];
  /** Contents that the user chose lately, newest first. */
  readonly chosen: readonly CatalogItem[];
};

/** Of everybody: no answer, no segment, nothing chosen. */
export const NO_FACTS: HeroFacts = { answers: undefined, segments: [], interests: [], chosen: [] };

/** A signal that holds: how much it adds, what the user said or did, and in words why. */
type Heard = { readonly weight: number; readonly said: string; readonly reason: string };

/** Doubt about a hero without a rival, in weights of signals. */
const DOUBT = 0.5;
const LONGEST_ANSWER = 60;
const LATELY = 8;

const PLANNED: Readonly<Record<string, (said: string) => string>> = {
  format: (said) => `You are planning: ${said}`,
  project_for: (said) => `Your film is for: ${said}`,
  involvement: (said) => `You want to take part: ${said}`,
  start_timing: (said) => `You want to start: ${said}`,
  timeline: (said) => `Your time frame: ${said}`,
  materials: (said) => `You have: ${said}`,
};

const textsOf = (answer: unknown): string[] =>
  (Array.isArray(answer) ? answer : [answer]).filter((text) => typeof text === 'string');

const shortened = (text: string): string => {
  const points = [...text.trim()];
  return points.length <= LONGEST_ANSWER
    ? points.join('')
    : `${points.slice(0, LONGEST_ANSWER - 1).join('')}…`;
};

const fromAnswer = ({ about, is, weight }: HeroSignal, answers: QuestionnaireData): Heard | undefined => {
  const answer = answers[about as keyof QuestionnaireData];
  if (typeof answer === 'boolean') {
    const said = answer ? 'yes' : 'no';
    return is.includes(said)
      ? { weight, said, reason: `You answered ${said} to ${about.replaceAll('_', ' ')}` }
      : undefined;
  }
  const phrases = is.map(phraseText);
  const text = textsOf(answer).find((one) => hasPhrase(phraseText(one), phrases));
  if (text === undefined) return undefined;
  const said = shortened(text);
  return { weight, said, reason: PLANNED[about]?.(said) ?? `You answered: ${said}` };
};

const fromSegment = ({ is, weight }: HeroSignal, { segments }: HeroFacts): Heard | undefined => {
  const found = segments.find(({ name }) => is.includes(name));
  if (!found) return undefined;
  const said = found.name.replaceAll('_', ' ');
  return { weight: weight * found.confidence, said, reason: `For users like you (${said})` };
};

const labelsOf = (item: CatalogItem): string =>
  phraseText([item.format ?? '', ...item.genres, ...item.tags, ...item.topics].join(' . '));

/** Half of the weight for the user's own words or the first such content, all of it from the third on. */
const fromInterest = ({ is, weight }: HeroSignal, { interests, chosen }: HeroFacts): Heard | undefined => {
  const phrases = is.map(phraseText);
  const liked = chosen.slice(0, LATELY).filter((item) => hasPhrase(labelsOf(item), phrases));
  const [first] = liked;
  if (first) {
    const share = Math.min(1, 0.25 + 0.25 * liked.length);
    return { weight: weight * share, said: is[0] ?? '', reason: `You looked at '${first.title}'` };
  }
  const word = interests.find((interest) => hasPhrase(phraseText(interest), phrases));
  if (word === undefined) return undefined;
  return { weight: weight / 2, said: shortened(word), reason: `You are interested in: ${shortened(word)}` };
};

const heard = (signal: HeroSignal, facts: HeroFacts): Heard | undefined => {
  if (signal.about === 'segment') return fromSegment(signal, facts);
  if (signal.about === 'interest') return fromInterest(signal, facts);
  return facts.answers && fromAnswer(signal, facts.answers);
};

type Spoken = { readonly hero: HeroDefinition; readonly sum: number; readonly strongest: Heard };

const spokenFor = (hero: HeroDefinition, facts: HeroFacts): Spoken | undefined => {
  const found = (hero.when ?? []).map((signal) => heard(signal, facts)).filter((one) => one !== undefined);
  const [strongest] = [...found].sort((a, b) => b.weight - a.weight);
  return strongest && { hero, sum: found.reduce((sum, { weight }) => sum + weight, 0), strongest };
};

const filled = (text: string, said: string): string => text.replaceAll('{answer}', () => said);

const shown = (
  { when: _, ...hero }: HeroDefinition,
  said: string,
  why: Pick<ShownHero, 'matchReason' | 'confidence'>,
): ShownHero => ({
  ...hero,
  title: filled(hero.title, said),
  subtitle: filled(hero.subtitle, said),
  ctaText: filled(hero.ctaText, said),
  ...why,
});

const forEverybody = ({ heroes }: HomepageDefinition): HeroDefinition =>
  (heroes.find(({ when }) => !when) ?? heroes[0]) as HeroDefinition;

/**
 * The hero with the greatest sum of signals; the first without `when` where none speaks for any. Confidence is the sum's share of itself, the
 * next best sum and one half. Equal sums: the hero that stands first.
 */
export const chooseHero = (definition: HomepageDefinition, facts: HeroFacts): ShownHero => {
  const spoken = definition.heroes
    .map((hero) => spokenFor(hero, facts))
    .filter((one) => one !== undefined)
    .sort((a, b) => b.sum - a.sum);
  const [best, next] = spoken;
  if (!best) {
    const matchReason = 'Shown to everybody of whom no answer or behaviour speaks for another';
    return shown(forEverybody(definition), '', { matchReason, confidence: 0 });
  }
  const confidence = best.sum / (best.sum + (next?.sum ?? 0) + DOUBT);
  return shown(best.hero, best.strongest.said, { matchReason: best.strongest.reason, confidence });
};

/** What an arm of an experiment says about the hero: the id of one, or texts in place of those of the chosen one. */
export type HeroOption =
  | string
  | Partial<Pick<HeroDefinition, 'title' | 'subtitle' | 'ctaText' | 'ctaTarget' | 'backgroundVideo'>>;

/** The hero as an arm wants it; as it is where the arm names one that the product does not have. */
export const heroUnder = (
  definition: HomepageDefinition,
  hero: ShownHero,
  { option, reason }: { option: HeroOption; reason: string },
): ShownHero => {
  const why = { matchReason: reason, confidence: hero.confidence };
  if (typeof option !== 'string') return { ...hero, ...option, ...why };
  const named = definition.heroes.find(({ id }) => id === option);
  return named ? shown(named, '', why) : hero;
};
