import { Conflict } from '../../errors.ts';
import type { LearningPath, Level, Module } from '../types.ts';
import { pathProvenance } from './keep-path-decision.ts';
import { pathAnswer } from './path-answer.ts';
import { newPathId, wholePathId } from './path-id.ts';
import { checkModules } from './plan/path-faults.ts';
import { noProgress } from './plan/plan.ts';
import type { PathMoment, PathPorts } from './ports.ts';
import { showPath } from './show-path.ts';

/** A path in the application's words. Durations in seconds. */
export type NewPath = {
  readonly title: string;
  readonly topic: string;
  readonly level: Level;
  readonly modules: readonly Module[];
  readonly estimatedDuration?: number | undefined;
};

/** `begunAt` (ms): when it was first asked for, before `now` where this repeats a call that died; its ids are made again then. */
export type CreateMoment = PathMoment & { readonly begunAt: number };

const given = ({ title, topic, level, modules, estimatedDuration }: LearningPath): string =>
  JSON.stringify([title, topic, level, modules, estimatedDuration]);

/** Stores a path; a repeat finds there what the call before it has stored. */
const store = async ({ paths }: PathPorts, path: LearningPath): Promise<void> => {
  try {
    await paths.create(path);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const found = await paths.get(path.userId, path.pathId);
    if (!found || given(found.path) !== given(path)) throw error;
  }
};

/**
 * Stores a path and answers it in the order for its learner. Round trips: the user, and side by side the path and the trace.
 * @throws Invalid naming modules that cannot be put in an order
 */
export const createPath = async (ports: PathPorts, asked: NewPath, moment: CreateMoment) => {
  checkModules(asked.modules);
  const { userId, now, begunAt, newId } = moment;
  const [loaded, seal] = await Promise.all([
    ports.users.load(userId, { parts: 'head', now }),
    ports.userSeal(),
  ]);
  const { title, topic, level, modules, estimatedDuration } = asked;
  const path: LearningPath = {
    pathId: newPathId(begunAt, newId),
    userId,
    title,
    topic,
    level,
    modules: modules.map((module) => ({ ...module, prerequisites: [...new Set(module.prerequisites)] })),
    ...(estimatedDuration !== undefined && { estimatedDuration }),
    createdAt: begunAt,
  };
  const shown = await showPath(ports, { path, progress: noProgress(path) }, { loaded, now });
  const [provenance] = await Promise.all([
    pathProvenance(ports, moment, { shown, last: undefined, seal }),
    store(ports, path),
  ]);
  return { ...pathAnswer(shown, wholePathId(seal, userId, path.pathId)), ...provenance };
};
