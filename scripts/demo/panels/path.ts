import type { createLearningPath } from '../../../contracts/learning/endpoints.ts';
import type { AnswerOf } from '../client.ts';
import type { Cell } from '../print/table.ts';
import type { Stage } from '../stage.ts';
import { percent, share } from './words.ts';

type Path = AnswerOf<typeof createLearningPath>;

const MARKS = { locked: '○', open: '◔', started: '◑', completed: '●', failed: '✗', skipped: '◌' };

const changeOf = (was: number | undefined, now: number): Cell => {
  if (was === undefined || was === now) return '';
  return now > was ? ['harder', 'good'] : ['easier', 'quiet'];
};

/** A path as it stands, with what changed in it since it was shown last. `request` is what it was answered to. */
export const showPath = (stage: Stage, path: Path, request: string): void => {
  const before = stage.swap('path', new Map(path.modules.map(({ id, difficulty }) => [id, difficulty])));
  const rows = path.modules.map(({ id, title, status, difficulty, estimatedMinutes, reason }) => {
    const isNew = before !== undefined && !before.has(id);
    return [
      [MARKS[status], status === 'completed' ? 'good' : 'quiet'],
      [title, 'name'],
      [share(difficulty), 'number'],
      `${estimatedMinutes} min`,
      isNew ? (['new', 'good'] as const) : changeOf(before?.get(id), difficulty),
      [reason, 'quiet'],
    ] as const;
  });
  const known = stage.swap('adaptations', path.adaptations.length) ?? 0;
  const { mastery, progress, signals } = path;
  stage.page.panel(`The path "${path.title}"`, request, [
    ...stage.page.rows(rows, { columns: [{}, { most: 26 }, {}, { align: 'right' }] }),
    ...path.adaptations.slice(known).flatMap(({ kind, reason }) => stage.page.words(`${kind}: ${reason}.`)),
    ...stage.page.words(
      `${progress.completed} of ${progress.total} done, ${progress.minutesLeft} minutes left. ${signals.reason}. Mastery of ${mastery.topic} ${percent(mastery.mastery)} after ${mastery.results} results (${percent(mastery.confidence)} sure).`,
    ),
  ]);
  stage.note('Path', `${progress.completed} of ${progress.total} modules`);
  stage.note(`Mastery: ${mastery.topic}`, `${percent(mastery.mastery)}, ${percent(mastery.confidence)} sure`);
};
