import type {
  Adaptation,
  LearningPath,
  ModuleProgress,
  ModuleStatus,
  PathProgress,
  Review,
  ToldStep,
} from '../../../core/learning/types.ts';
import { type Item, key, userOf, userPartition } from '../keys.ts';
import { packJson, unpackJson } from '../packed-json.ts';

export const LEARNING_SORT = 'LEARNING#';
const [PATH, PROGRESS] = ['#PATH', '#PROGRESS'];

/** Behind every id of a path: `~` sorts after all that ids are made of. */
export const LEARNING_END = `${LEARNING_SORT}~`;

export const pathSort = (pathId: string): string => `${LEARNING_SORT}${pathId}`;

export const pathKey = (userId: string, pathId: string) =>
  key(userPartition(userId), `${pathSort(pathId)}${PATH}`);

export const progressKey = (userId: string, pathId: string) =>
  key(userPartition(userId), `${pathSort(pathId)}${PROGRESS}`);

/** The path that an item belongs to. */
export const pathIdOf = ({ SK }: Item): string =>
  String(SK).slice(LEARNING_SORT.length, String(SK).lastIndexOf('#'));

export const isPathItem = ({ SK }: Item): boolean => String(SK).endsWith(PATH);

/** Written once. */
export const pathToItem = ({ userId, pathId, createdAt, ...rest }: LearningPath): Item => ({
  ...pathKey(userId, pathId),
  EntityType: 'LearningPath',
  v: 1,
  createdAt,
  body: packJson(rest),
});

export const pathFromItem = (item: Item): LearningPath => ({
  pathId: pathIdOf(item),
  userId: userOf(item),
  createdAt: Number(item.createdAt),
  ...unpackJson<Omit<LearningPath, 'pathId' | 'userId' | 'createdAt'>>(item.body),
});

const STATUSES: readonly ModuleStatus[] = ['started', 'completed', 'failed', 'skipped'];

/** `[module, status, attempts, ms before the last change, seconds, score, difficulty]`; null for what there is not. */
type PackedModule = [
  id: string,
  status: number,
  attempts: number,
  ago: number,
  timeSpent: number,
  score: number | null,
  difficulty: number | null,
];

/** `[module, status, attempt, ms before the last change, seconds, score, 1 for the first step, 1 for the one that completed the path]` */
type PackedStep = [
  moduleId: string,
  status: number,
  attempt: number,
  ago: number,
  seconds: number,
  score: number | null,
  begins: number,
  ends: number,
];

type PackedProgress = {
  m: PackedModule[];
  r: [id: string, of: string, at: number, reason: string][];
  a: [at: number, kind: Adaptation['kind'], moduleId: string, reason: string][];
  s?: readonly string[] | undefined;
  t?: PackedStep[] | undefined;
};

const packModule = (id: string, known: ModuleProgress, updatedAt: number): PackedModule => [
  id,
  STATUSES.indexOf(known.status),
  known.attempts,
  updatedAt - known.at,
  known.timeSpent,
  known.score ?? null,
  known.difficulty ?? null,
];

const unpackModule = (
  [, status, attempts, ago, timeSpent, score, difficulty]: PackedModule,
  updatedAt: number,
): ModuleProgress => ({
  status: STATUSES[status]!,
  ...(score !== null && { score }),
  timeSpent,
  attempts,
  at: updatedAt - ago,
  ...(difficulty !== null && { difficulty }),
});

const packStep = (step: ToldStep, updatedAt: number): PackedStep => [
  step.moduleId,
  STATUSES.indexOf(step.status),
  step.attempt,
  updatedAt - step.at,
  step.seconds,
  step.score ?? null,
  Number(step.begins),
  Number(step.ends),
];

const unpackStep = (
  [moduleId, status, attempt, ago, seconds, score, begins, ends]: PackedStep,
  updatedAt: number,
): ToldStep => ({
  moduleId,
  status: STATUSES[status]!,
  ...(score !== null && { score }),
  seconds,
  attempt,
  at: updatedAt - ago,
  begins: begins === 1,
  ends: ends === 1,
});

const packed = ({
  modules,
  reviews,
  adaptations,
  maySkip,
  told,
  updatedAt,
}: PathProgress): PackedProgress => ({
  m: Object.entries(modules).map(([id, known]) => packModule(id, known, updatedAt)),
  r: reviews.map(({ id, of, at, reason }) => [id, of, at, reason]),
  a: adaptations.map(({ at, kind, moduleId, reason }) => [at, kind, moduleId, reason]),
  ...(maySkip && { s: maySkip }),
  ...(told && { t: told.map((step) => packStep(step, updatedAt)) }),
});

/** Small: rewritten with every step. */
export const progressToItem = (userId: string, pathId: string, progress: PathProgress): Item => ({
  ...progressKey(userId, pathId),
  EntityType: 'LearningProgress',
  v: 1,
  version: progress.version,
  updatedAt: progress.updatedAt,
  completedAt: progress.completedAt,
  body: packJson(packed(progress)),
});

export const progressFromItem = (item: Item): PathProgress => {
  const { m, r, a, s, t } = unpackJson<PackedProgress>(item.body);
  const updatedAt = Number(item.updatedAt);
  return {
    version: Number(item.version),
    modules: Object.fromEntries(m.map((module) => [module[0], unpackModule(module, updatedAt)])),
    reviews: r.map(([id, of, at, reason]): Review => ({ id, of, at, reason })),
    adaptations: a.map(([at, kind, moduleId, reason]) => ({ at, kind, moduleId, reason })),
    ...(s && { maySkip: s }),
    ...(t && { told: t.map((step) => unpackStep(step, updatedAt)) }),
    updatedAt,
    ...(item.completedAt !== undefined && { completedAt: Number(item.completedAt) }),
  };
};
