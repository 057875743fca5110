import { describe, expect, it } from '@jest/globals';
import { catalogueOf } from '../../../../../core/catalog/catalogue.ts';
import type { CatalogItem } from '../../../../../core/catalog/types.ts';
import { predictNextPath } from '../../../../../core/learning/paths/plan/predict-next-path.ts';
import type { LearningPath, Level } from '../../../../../core/learning/types.ts';
import type { UserSignals } from '../../../../../core/recommend/types.ts';

const NOW = Date.UTC(2026, 10, 21, 12);

const item = (itemId: string, title: string, given: Partial<CatalogItem> = {}): CatalogItem => ({
  itemId,
  type: 'course',
  title,
  tags: [],
  topics: [],
  genres: [],
  skills: [],
  attributes: {},
  updatedAt: '2026-01-01T00:00:00.000Z',
  ...given,
});

const ITEMS = [
  item('ts-1', 'TypeScript from zero', { topics: ['typescript'], level: 'beginner' }),
  item('ts-2', 'TypeScript in depth', { topics: ['typescript'], level: 'intermediate' }),
  item('ts-3', 'TypeScript compilers', { topics: ['typescript'], level: 'expert' }),
  item('ts-lesson', 'TypeScript in depth', { type: 'lesson', topics: ['typescript'], level: 'intermediate' }),
  item('sound', 'Sound first', { topics: ['sound'], level: 'intermediate' }),
];

const path: LearningPath = {
  pathId: 'lp.1',
  userId: 'ada',
  title: 'Types',
  topic: 'typescript',
  level: 'beginner',
  modules: [{ id: 'a', title: 'A', type: 'video', duration: 60, prerequisites: [] }],
  createdAt: NOW,
};

const user = (given: Partial<UserSignals> = {}): UserSignals => ({
  userId: 'ada',
  history: [],
  seen: () => false,
  completed: () => false,
  dismissed: () => false,
  interests: [],
  contentTypeAffinity: {},
  personalised: true,
  interactionCount: 3,
  ...given,
});

const GOOD = { mastery: 0.8, confidence: 0.8, results: 5 };
const WEAK = { mastery: 0.3, confidence: 0.8, results: 5 };

const predicted = (given: Partial<Parameters<typeof predictNextPath>[0]> = {}, items = ITEMS) => {
  const catalogue = catalogueOf(new Map(items.map((one) => [one.itemId, one])), '');
  const shared = { catalogue, model: undefined, rankings: new Map() };
  return predictNextPath({ path, mastery: GOOD, user: user(), shared, now: NOW, ...given });
};

describe('the path to follow', () => {
  it('is about the same at the next level, a course rather than a lesson', () => {
    const next = predicted();
    expect(next).toMatchObject({ contentId: 'ts-2', topic: 'typescript', title: 'TypeScript in depth' });
    expect(next.confidence).toBeGreaterThan(0);
    expect(next.confidence).toBeLessThanOrEqual(1);
    expect(next.reason).toContain('goes on from typescript');
  });

  it('stays at the level while the topic is weak, and says so', () => {
    expect(predicted({ mastery: WEAK })).toMatchObject({
      contentId: 'ts-1',
      reason: expect.stringContaining('mastered by 30 % so far'),
    });
  });

  it('stays at the level after a path that was hard going, whatever is mastered otherwise', () => {
    expect(predicted({ struggle: true })).toMatchObject({
      contentId: 'ts-1',
      reason: expect.stringContaining('the last results in typescript were low'),
    });
  });

  it('does not go back to what was learned where there is something further, and says how a content stands to it', () => {
    const again = { ...ITEMS[0]!, itemId: 'again', title: 'typescript, typescript', level: 'beginner' };
    const lesson = { ...ITEMS[1]!, itemId: 'further', type: 'lesson', level: 'intermediate' };
    expect(predicted({}, [again, lesson]).contentId).toBe('further');
    const reasonFor = (level: Level) => predicted({ path: { ...path, level } }, [lesson]).reason;
    expect(reasonFor('beginner')).toMatch(/goes on from typescript at the level beginner$/);
    expect(reasonFor('intermediate')).toMatch(/more about typescript at the same level$/);
    expect(reasonFor('advanced')).toMatch(/goes over typescript again$/);
  });

  it('leaves out what is known, dismissed, expired or a module of this path', () => {
    const knows = user({ completed: (id) => id === 'ts-2', dismissed: (id) => id === 'ts-lesson' });
    expect(predicted({ user: knows }).contentId).toBe('ts-1');
    const own = { ...path, modules: [{ ...path.modules[0]!, id: 'ts-2' }] };
    expect(predicted({ path: own }).contentId).not.toBe('ts-2');
    const expired = ITEMS.map((one) => ({ ...one, expiresAt: '2026-01-02T00:00:00.000Z' }));
    expect(predicted({}, expired).contentId).toBeUndefined();
  });

  it('meets an interest where the topic has nothing', () => {
    const next = predicted({ user: user({ interests: ['sound'] }) }, [ITEMS[4]!]);
    expect(next).toMatchObject({
      contentId: 'sound',
      reason: expect.stringContaining('the interest in sound'),
    });
  });

  it('is the next level of the topic where the catalogue is empty, with little confidence', () => {
    const next = predicted({}, []);
    expect(next).toMatchObject({ topic: 'typescript', title: 'typescript: intermediate', confidence: 0.2 });
    expect(next.contentId).toBeUndefined();
    const last = predicted({ path: { ...path, level: 'expert' } }, []);
    expect(last.title).toBe('typescript: expert');
  });
});
