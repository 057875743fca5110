import * as learning from '../../adapters/dynamodb/access-patterns/learning.ts';
import { noProgress } from '../../core/learning/paths/plan/plan.ts';
import type { LearningPath, ModuleProgress, PathProgress } from '../../core/learning/types.ts';
import { NOW, USER } from './typical.ts';
import type { Use } from './uses.ts';

const PATH = 'lp.01JD3Q0Z7K8V5W2X9Y4A6B1C3D';
const MODULES = 20;
const WHAT = `${MODULES} modules`;

const path: LearningPath = {
  pathId: PATH,
  userId: USER,
  title: 'Documentary film in a season',
  topic: 'documentary',
  level: 'intermediate',
  modules: Array.from({ length: MODULES }, (_, n) => ({
    id: `module-${n}`,
    title: `Part ${n}: a title of some words`,
    type: ['video', 'article', 'exercise', 'quiz'][n % 4] as string,
    duration: 300 + ((n * 37) % 50) * 30,
    prerequisites: n === 0 ? [] : [`module-${n - 1}`],
  })),
  estimatedDuration: 28_800,
  createdAt: NOW,
};

const done = (n: number): ModuleProgress => ({
  status: 'completed',
  score: 60 + ((n * 13) % 40),
  timeSpent: 300 + n * 41,
  attempts: 1,
  at: NOW + n * 86_400_000,
  difficulty: 0.4 + n / 1_000,
});

const progress: PathProgress = {
  ...noProgress(path),
  version: MODULES / 2,
  modules: Object.fromEntries(
    path.modules.slice(0, MODULES / 2).map(({ id }, n): [string, ModuleProgress] => [id, done(n)]),
  ),
  adaptations: [
    { at: NOW, kind: 'harder', moduleId: 'module-1', reason: 'What is left became 2 points harder' },
  ],
  updatedAt: NOW + MODULES * 86_400_000,
};

/** In this order: what is read was written before. */
export const learningUses: Readonly<Record<string, Use>> = {
  createPath: { what: WHAT, run: (db) => learning.createPath(db, path) },
  replaceProgress: {
    what: `${MODULES / 2} of ${WHAT} done`,
    run: (db) => learning.replaceProgress(db, { userId: USER, pathId: PATH }, progress, 0),
  },
  readPath: {
    what: `${WHAT}, half of them done`,
    run: (db) => learning.readPath(db, USER, PATH),
  },
  readPathsOfUser: {
    what: 'one path',
    run: async (db) => {
      for await (const _ of learning.readPathsOfUser(db, USER, { limit: 41 }));
    },
  },
  dropPaths: { what: 'one path', run: (db) => learning.dropPaths(db, USER) },
};
