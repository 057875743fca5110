import { shownScore } from '../recommend/answers.ts';
import { recommendationIdOf } from '../recommend/serve/decision-trace.ts';
import type { DecidedHomepage } from './homepage.ts';
import { type Element, SECTIONS, type Section } from './types.ts';

const card = ({ itemId, item, score, confidence, reason }: Element, recommendationId: string) => ({
  id: itemId,
  recommendationId,
  type: item.type,
  title: item.title,
  description: item.description ?? '',
  url: item.url ?? '',
  imageUrl: item.imageUrl,
  score: shownScore(score),
  matchReason: reason,
  confidence: shownScore(confidence),
});

type Card = ReturnType<typeof card>;

const EMPTY: Readonly<Record<Section, string>> = {
  featuredProjects: 'The catalogue has no project that may be shown to this user',
  testimonials: 'The catalogue has no testimonial that may be shown to this user',
  services: 'The catalogue has no service that may be shown to this user',
};

/** The page in the words of the contract; recommendation ids count through all sections, in their order. */
export const homepageAnswer = (userId: string, decided: DecidedHomepage) => {
  const { page, decisionId, generatedAt, source, reason, experiments } = decided;
  const cards: Partial<Record<Section, Card[]>> = {};
  let position = 0;
  for (const section of SECTIONS) {
    cards[section] = page.sections[section].map((element) =>
      card(element, recommendationIdOf(decisionId, position++)),
    );
  }
  const empty = SECTIONS.filter((section) => page.sections[section].length === 0);
  return {
    userId,
    hero: { ...page.hero, confidence: shownScore(page.hero.confidence) },
    ...(cards as Record<Section, Card[]>),
    experiments,
    ...(reason !== undefined && { reason }),
    ...(empty.length > 0 && {
      reasons: Object.fromEntries(empty.map((section) => [section, EMPTY[section]])),
    }),
    decisionId,
    generatedAt: new Date(generatedAt).toISOString(),
    source,
  };
};
