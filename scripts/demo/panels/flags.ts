import { evaluateFlags } from '../../../contracts/flags/endpoints.ts';
import type { Stage } from '../stage.ts';

/** The same decision as feature flags, as any OpenFeature SDK reads them. */
export const showFlags = async (stage: Stage, context: Record<string, unknown>, keys: readonly string[]) => {
  const { body, request } = await stage.asks(evaluateFlags, {
    body: { context: { ...context, targetingKey: stage.person.id } },
  });
  const shown = body.flags.filter(({ key }) => keys.includes(key));
  stage.page.panel(
    'The same as OpenFeature flags',
    request,
    stage.page.rows(
      shown.map(({ key, value, reason, metadata }) => [
        [key, 'name'],
        [JSON.stringify(value), 'number'],
        reason,
        [String(metadata.reason ?? ''), 'quiet'],
      ]),
    ),
  );
  return body;
};
