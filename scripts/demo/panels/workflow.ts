import { getWorkflowOptimizations } from '../../../contracts/workflow/endpoints.ts';
import type { Stage } from '../stage.ts';

/** What the person repeats, and what could save steps. */
export const showWorkflow = async (stage: Stage) => {
  const { body, request } = await stage.asks(getWorkflowOptimizations, {
    params: { userId: stage.person.id },
  });
  const rows = [
    ...body.sequences
      .slice(0, 2)
      .map(({ sequence, reason }) => ['repeats', sequence.join(' → '), reason] as const),
    ...body.shortcuts
      .slice(0, 2)
      .map(({ from, to, reason }) => ['shortcut', `${from} → ${to}`, reason] as const),
    ...body.nextSteps.slice(0, 1).map(({ action, reason }) => ['next', action, reason] as const),
    ...body.bestHours.slice(0, 1).map(({ hour, reason }) => ['best hour', `${hour}:00`, reason] as const),
  ];
  stage.page.panel(
    'Habits, and what would save steps',
    request,
    rows.length === 0
      ? stage.page.words(body.reason ?? 'Nothing is repeated yet')
      : stage.page.rows(
          rows.map(([kind, what, why]) => [
            [kind, 'number'],
            [what, 'name'],
            [why, 'quiet'],
          ]),
          { columns: [{}, { most: 42 }] },
        ),
  );
  stage.note('Habits found', String(body.sequences.length));
  return body;
};
