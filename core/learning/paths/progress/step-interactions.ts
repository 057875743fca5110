import type { Interaction } from '../../../profile/types.ts';
import type { LearningPath, PathProgress, ToldStep } from '../../types.ts';
import { stageOf } from '../plan/module-kinds.ts';
import { type Place, placeOf } from './reviews.ts';

/** Content ids have this many characters at most. */
const LONGEST_ID = 128;
const TYPES = { started: 'start', completed: 'complete', failed: 'fail', skipped: 'skip' } as const;

/** Whose step it is, and where. */
export type StepContext = {
  readonly path: LearningPath;
  readonly progress: PathProgress;
  /** True for ids of contents that the catalogue holds: a module of that id is that content. */
  readonly isContent: (id: string) => boolean;
};

/** A step belongs to the moment at which it was told, also where it is tracked later. */
const common = ({ path: { pathId, userId } }: StepContext, { at }: ToldStep, id: string) => ({
  interactionId: `${pathId}.${id}`,
  userId,
  occurredAt: at,
  receivedAt: at,
});

const contentIdOf = ({ path: { pathId }, isContent }: StepContext, moduleId: string): string =>
  isContent(moduleId) ? moduleId : `${pathId}:${moduleId}`.slice(0, LONGEST_ID);

const stepItself = (context: StepContext, { module, index }: Place, step: ToldStep): Interaction => {
  const { status, score, seconds, attempt } = step;
  const isAttempt = status === 'completed' || status === 'failed';
  return {
    ...common(context, step, `${index}.${TYPES[status]}${attempt}`),
    type: TYPES[status],
    contentId: contentIdOf(context, module.id),
    contentType: module.type.trim().toLowerCase(),
    ...(score !== undefined && { value: score }),
    ...(status === 'completed' && { completionRate: 1 }),
    ...(seconds > 0 && { durationMs: seconds * 1000 }),
    context: {
      topic: context.path.topic,
      path: context.path.pathId,
      module: module.id,
      ...(isAttempt && module.duration > 0 && { expectedMs: module.duration * 1000 }),
    },
  };
};

/** What achievements and goals count by name, told once for each module. Results with a score and modules of type `module` are counted anyway. */
const milestones = (
  context: StepContext,
  { module, index, isReview }: Place,
  step: ToldStep,
): Interaction[] => {
  if (step.status !== 'completed' || isReview) return [];
  const about = { context: { topic: context.path.topic, path: context.path.pathId } };
  const isPassedUnscored = stageOf(module) === 'assessment' && step.score === undefined;
  const type = module.type.trim().toLowerCase();
  return [
    ...(type === 'module'
      ? []
      : [{ ...common(context, step, `${index}.module`), type: 'complete_module', ...about }]),
    ...(isPassedUnscored
      ? [
          {
            ...common(context, step, `${index}.pass`),
            type: `pass_${type.replaceAll(/[\s-]+/g, '_')}`,
            ...about,
          },
        ]
      : []),
  ];
};

const ofPath = (context: StepContext, step: ToldStep, id: string) => ({
  ...common(context, step, id),
  contentId: context.path.pathId,
  contentType: 'path',
  context: { topic: context.path.topic },
});

/** The path itself is begun with its first step. */
const beginning = (context: StepContext, step: ToldStep): Interaction[] =>
  step.begins ? [{ ...ofPath(context, step, 'begin'), type: TYPES.started }] : [];

const end = (context: StepContext, step: ToldStep): Interaction[] =>
  step.ends ? [{ ...ofPath(context, step, 'end'), type: TYPES.completed, completionRate: 1 }] : [];

/** A step as interactions. Ids follow from path, module and attempt alone: however often a step is told, sent or tracked, it counts once. */
export const stepInteractions = (context: StepContext, step: ToldStep): Interaction[] => {
  const place = placeOf(context.path, context.progress, step.moduleId);
  if (!place) return [];
  return [
    ...beginning(context, step),
    stepItself(context, place, step),
    ...milestones(context, place, step),
    ...end(context, step),
  ];
};
