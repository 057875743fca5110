import { decideUiSettings } from '../../contracts/config/ui-settings.ts';
import { decideConfig } from '../../core/config/decide-config.ts';
import { uiContext, uiSettings } from '../../core/config/ui-settings.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { configuring } from '../runtime/ports/config-ports.ts';

export const handler = endpoint(decideUiSettings, async ({ body, userId, now, newId }) => ({
  status: 200,
  body: uiSettings(await decideConfig(configuring(), { userId, ...uiContext(body.context), now, newId })),
}));
