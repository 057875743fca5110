import { isExpired } from '../../../catalog/matches-filter.ts';
import type { CatalogItem } from '../../../catalog/types.ts';
import { matchTerms } from '../../../learn/lists/content-neighbours.ts';
import { rounded } from '../../../profile/view/curves.ts';
import { type SharedData, sourcesOf } from '../../../recommend/shared-data.ts';
import type { UserSignals } from '../../../recommend/types.ts';
import type { Mastery } from '../../mastery/mastery-of.ts';
import type { LearningPath, Level } from '../../types.ts';

/** What to learn after a path. */
export type NextPath = {
  readonly topic: string;
  readonly title: string;
  readonly contentId?: string;
  readonly confidence: number;
  readonly reason: string;
};

const LEVELS: readonly Level[] = ['beginner', 'intermediate', 'advanced', 'expert'];
const MATCHED = 50;
/** What matches an interest and not the topic of the path counts so much of it. */
const INTEREST_SHARE = 0.6;
/** A topic of which less is mastered is not left behind. */
const WEAK_BELOW = 0.5;
/** Content that is itself a path or course, beside a single lesson. */
const WHOLE_TYPES: ReadonlySet<string> = new Set(['path', 'learning_path', 'course', 'track', 'program']);
const PART_SHARE = 0.7;
/** Confidence in a level of the same topic for which the catalogue holds nothing. */
const WITHOUT_CONTENT = 0.2;

type Question = {
  readonly path: LearningPath;
  readonly mastery: Mastery;
  /** The path ended hard going. */
  readonly struggle?: boolean;
  readonly user: UserSignals;
  readonly shared: SharedData;
  /** ms since the epoch */
  readonly now: number;
};

const isWeak = ({ results, mastery }: Mastery): boolean => results > 0 && mastery < WEAK_BELOW;

/** True for who should not be asked for more yet. */
const holdsLevel = ({ mastery, struggle = false }: Question): boolean => struggle || isWeak(mastery);

/** The level to go on with: the next one, or the same where the topic is still weak or the path was hard going. */
const wantedLevel = (question: Question): Level => {
  const { level } = question.path;
  return holdsLevel(question) ? level : (LEVELS[LEVELS.indexOf(level) + 1] ?? level);
};

const rankOf = (level: string | undefined): number =>
  LEVELS.indexOf((level ?? '').trim().toLowerCase() as Level);

/** What each step away from the wanted level costs: the way that would bore, or ask too much, and the other way. */
const [WRONG_WAY, OTHER_WAY] = [0.5, 0.25];
const LEAST_FIT = 0.1;

/** 1 at the level that is wanted, less for each step away; a half where the content names none. */
const levelFit = (level: string | undefined, question: Question): number => {
  const at = rankOf(level);
  if (at < 0) return 0.5;
  const above = at - rankOf(wantedLevel(question));
  const isWrongWay = above > 0 === holdsLevel(question);
  return Math.max(LEAST_FIT, 1 - (isWrongWay ? WRONG_WAY : OTHER_WAY) * Math.abs(above));
};

type Candidate = { readonly item: CatalogItem; readonly score: number; readonly interest?: string };

const candidates = (question: Question): Candidate[] => {
  const { path, user, shared, now } = question;
  const { contentModel, catalog } = sourcesOf(shared, new Map());
  if (catalog.size === 0 || contentModel === undefined) return [];
  const own = new Set(path.modules.map(({ id }) => id));
  const topics = [path.topic, path.title];
  return matchTerms(contentModel(), [...topics, ...user.interests], MATCHED).flatMap(
    ({ itemId, score, term }): Candidate[] => {
      const item = catalog.get(itemId);
      const isOut = own.has(itemId) || user.completed(itemId) || user.dismissed(itemId);
      if (item === undefined || isOut || isExpired(item, now)) return [];
      const isOfTopic = topics.includes(term);
      const share = (isOfTopic ? 1 : INTEREST_SHARE) * (WHOLE_TYPES.has(item.type) ? 1 : PART_SHARE);
      const fit = score * share * levelFit(item.level, question);
      return [{ item, score: fit, ...(isOfTopic ? {} : { interest: term }) }];
    },
  );
};

/** How a content stands to what was learned. */
const stepReason = (item: CatalogItem, { path, mastery, struggle }: Question): string => {
  if (isWeak(mastery)) return `${path.topic} is mastered by ${Math.round(100 * mastery.mastery)} % so far`;
  const above = rankOf(item.level) - rankOf(path.level);
  if (struggle) return `the last results in ${path.topic} were low`;
  if (rankOf(item.level) < 0 || above > 0) return `it goes on from ${path.topic} at the level ${path.level}`;
  return above === 0 ? `more about ${path.topic} at the same level` : `it goes over ${path.topic} again`;
};

const reasonOf = (candidate: Candidate, question: Question): string => {
  const { item, interest } = candidate;
  const level = item.level === undefined ? '' : `, ${item.level}`;
  if (interest !== undefined) return `"${item.title}"${level} meets the interest in ${interest}`;
  return `"${item.title}"${level}: ${stepReason(item, question)}`;
};

const withoutContent = (question: Question): NextPath => {
  const { path } = question;
  const level = wantedLevel(question);
  return {
    topic: path.topic,
    title: `${path.topic}: ${level}`,
    confidence: WITHOUT_CONTENT,
    reason: `The catalogue has nothing further about ${path.topic}; ${level === path.level ? 'the same level again' : 'the next level'} would follow`,
  };
};

/**
 * What to learn after a completed path: the content whose text matches the path's topic and title best, or the learner's interests (which count .6), times
 * the fit of its level (the next one; the same while less than half of the topic is mastered or the path ended hard going; a step below the next one
 * costs .5 and one above .25, the other way round where the level stays), .7 for what is no path or course. What the learner
 * knows, dismissed, or had in this path is left out. `confidence` is that product, 0-1.
 */
export const predictNextPath = (question: Question): NextPath => {
  const best = candidates(question).reduce<Candidate | undefined>(
    (first, one) => (first === undefined || one.score > first.score ? one : first),
    undefined,
  );
  if (best === undefined || best.score <= 0) return withoutContent(question);
  const { item, score } = best;
  return {
    topic: item.topics[0] ?? question.path.topic,
    title: item.title,
    contentId: item.itemId,
    confidence: rounded(Math.min(1, score), 3),
    reason: reasonOf(best, question),
  };
};
