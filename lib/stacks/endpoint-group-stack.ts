import type { Construct } from 'constructs';
import type { EndpointShape } from '../../contracts/endpoint.ts';
import type { Access } from '../config/access.ts';
import { PlatformStack, type PlatformStackProps, type Queues } from '../config/platform.ts';
import { EndpointFunction } from '../constructs/endpoint-function.ts';
import type { ApiAddress } from '../constructs/http-api.ts';

export type EndpointGroupStackProps = PlatformStackProps & {
  readonly endpoints: readonly EndpointShape[];
  readonly grants: Readonly<Record<string, Access>>;
  readonly api: ApiAddress;
  readonly queues: Queues;
};

/** The endpoints of one tag of the contract. */
export class EndpointGroupStack extends PlatformStack {
  constructor(
    scope: Construct,
    id: string,
    { endpoints, grants, api, queues, ...props }: EndpointGroupStackProps,
  ) {
    super(scope, id, props);
    for (const endpoint of endpoints) {
      const access = grants[endpoint.operationId];
      if (access === undefined) {
        throw new Error(
          `endpoint ${endpoint.operationId} has no permissions in lib/config/endpoint-grants.ts`,
        );
      }
      new EndpointFunction(this, endpoint.operationId, {
        platform: this.platform,
        endpoint,
        access,
        api,
        queues,
      });
    }
  }
}
