import { getAchievements } from '../../../contracts/learning/endpoints.ts';
import { getGoals } from '../../../contracts/profile/endpoints.ts';
import type { AnswerOf } from '../client.ts';
import type { Stage } from '../stage.ts';
import { bar } from './words.ts';

type Streak = AnswerOf<typeof getAchievements>['streak'];

/** Goals and how far they are. */
export const showGoals = async (stage: Stage) => {
  const { body, request } = await stage.asks(getGoals, { params: { userId: stage.person.id } });
  const goals = [...body.shortTerm, ...body.longTerm];
  const rows = goals.map(({ title, progress }) => {
    const { measured, current = 0, target, ratio = 0, pace, reason } = progress;
    if (!measured) return [[title, 'name'], '', '', [reason ?? '', 'quiet']] as const;
    return [
      [title, 'name'],
      [bar(ratio), 'number'],
      `${current} of ${target ?? '?'}`,
      [pace ?? '', 'quiet'],
    ] as const;
  });
  stage.page.panel('Goals', request, stage.page.rows(rows, { columns: [{ most: 44 }] }));
  for (const { title, progress } of goals)
    if (progress.measured)
      stage.note(
        `Goal: ${title}`,
        `${progress.current ?? 0} of ${progress.target}${progress.pace ? `, ${progress.pace}` : ''}`,
      );
  return body;
};

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

const streakText = ({ length, longest, timezone, expiresAt }: Streak): string => {
  const until = expiresAt?.slice(0, 16).replace('T', ' ');
  const held = until === undefined ? '' : ` Something done before ${until} UTC keeps it.`;
  return `Streak: ${days(length)} on the clock of ${timezone}, longest ${longest}.${held}`;
};

const MARKS = { locked: '○', unlocked: '●', claimed: '★' };

/** What is earned and what is near, and the streak. Answers those that are unlocked and not claimed. */
export const showAchievements = async (stage: Stage, most = 6) => {
  const { body, request } = await stage.asks(getAchievements, { params: { userId: stage.person.id } });
  const open = body.achievements.filter(({ status }) => status !== 'locked');
  const nearest = body.achievements
    .filter(({ status }) => status === 'locked')
    .toSorted((a, b) => b.progress.current / b.progress.target - a.progress.current / a.progress.target);
  const before = stage.swap(
    'achievements',
    open.map(({ id }) => id),
  );
  const rows = [...open, ...nearest]
    .slice(0, Math.max(most, open.length))
    .map(({ id, name, status, progress, reason }) => {
      const isNew = status !== 'locked' && before !== undefined && !before.includes(id);
      return [
        [MARKS[status], status === 'locked' ? 'quiet' : 'good'],
        [name, 'name'],
        [bar(progress.current / progress.target), 'number'],
        [isNew ? 'new' : status === 'locked' ? '' : status, 'good'],
        [reason, 'quiet'],
      ] as const;
    });
  const { streak } = body;
  stage.page.panel('Achievements', request, [
    ...stage.page.rows(rows, { columns: [{}, { most: 28 }] }),
    ...(streak.length === 0 ? [] : stage.page.words(streakText(streak))),
  ]);
  stage.note('Achievements', `${open.length} of ${body.achievements.length}`);
  stage.note('Streak', days(streak.length));
  return body;
};
