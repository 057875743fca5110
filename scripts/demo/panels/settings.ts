import { getUserMetrics } from '../../../contracts/analytics/user-metrics.ts';
import { decideUiSettings } from '../../../contracts/config/ui-settings.ts';
import type { Stage } from '../stage.ts';
import { percent } from './words.ts';

const text = (value: string | readonly string[]): string =>
  typeof value === 'string' ? value : value.length === 0 ? 'none' : value.join(', ');

/** How the interface is set for the way this person works. */
export const showSettings = async (stage: Stage, context: string) => {
  const { body, request } = await stage.asks(decideUiSettings, { body: { context } });
  const rows = Object.entries(body.settings).map(([name, value]) => [
    name,
    [text(value), 'name'] as const,
    [body.reasons[name]?.reason ?? '', 'quiet'] as const,
  ]);
  stage.page.panel(
    'Settings of the interface',
    request,
    stage.page.rows(rows, { columns: [{}, { most: 36 }] }),
  );
  stage.note('Density', body.settings.density);
  return body;
};

const figure = (value: number | null, reason = 'nothing yet'): string =>
  value === null ? reason : percent(value);

/** Engagement, click-through and satisfaction of the person. */
export const showMetrics = async (stage: Stage) => {
  const { body, request } = await stage.asks(getUserMetrics, { params: { userId: stage.person.id } });
  const { engagement, clickThrough, satisfaction } = body;
  stage.page.panel(
    'In figures',
    request,
    stage.page.rows([
      [
        'engagement',
        [figure(engagement.mean), 'name'],
        `level ${engagement.level} of 5, ${engagement.interactions} interactions, ${engagement.trend}`,
      ],
      [
        'click-through',
        [figure(clickThrough.rate), 'name'],
        `${clickThrough.shown} shown, ${clickThrough.clicked} clicked, ${clickThrough.dismissed} dismissed`,
      ],
      [
        'satisfaction',
        [figure(satisfaction.score), 'name'],
        `${satisfaction.ratings} ratings, ${satisfaction.feedbacks} feedbacks in words`,
      ],
    ]),
  );
  return body;
};
