import { decideConfig as contract } from '../../contracts/config/endpoints.ts';
import { configBody, configContent } from '../../core/config/config-answer.ts';
import { decideConfig } from '../../core/config/decide-config.ts';
import { deviceKind } from '../../core/tracking/normalise.ts';
import { endpoint } from '../runtime/endpoint.ts';
import { taggedAs } from '../runtime/http/etag.ts';
import { configuring } from '../runtime/ports/config-ports.ts';

export const handler = endpoint(contract, async ({ body, userId, now, newId }) => {
  const { context, locale, attributes = {} } = body;
  const device = deviceKind(body.device);
  const answer = await decideConfig(configuring(), {
    userId,
    context,
    device,
    locale,
    attributes,
    now,
    newId,
  });
  return { status: 200, body: configBody(answer), headers: taggedAs(configContent(answer)) };
});
