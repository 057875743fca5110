import { Aws, Duration } from 'aws-cdk-lib';
import { CfnIntegration, CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { EndpointShape, Route } from '../../contracts/endpoint.ts';
import type { Access } from '../config/access.ts';
import { acknowledge } from '../config/acknowledge.ts';
import { apiEntry } from '../config/entries.ts';
import type { Platform, Queues } from '../config/platform.ts';
import type { Settings } from '../config/settings.ts';
import { AttuneFunction } from './attune-function.ts';
import type { ApiAddress } from './http-api.ts';

export type EndpointFunctionProps = {
  readonly platform: Platform;
  readonly endpoint: EndpointShape;
  readonly access: Access;
  readonly api: ApiAddress;
  readonly queues: Queues;
};

const DEFAULT_MEMORY_MB = 512;
const DEFAULT_TIMEOUT_SECONDS = 10;

const fullPath = (route: Route): string => `/api${route.path}`;

/** API Gateway may call for this method and path only; path parameters are stars in an ARN. */
const sourceArn = (apiId: string, route: Route): string =>
  `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${apiId}/*/${route.method}${fullPath(route).replaceAll(/\{[^}]+\}/g, '*')}`;

const callerLimits = ({ callerRate, callerBurst }: Settings): Record<string, string> => ({
  ATTUNE_CALLER_RATE: String(callerRate),
  ATTUNE_CALLER_BURST: String(callerBurst),
});

/** One endpoint of the contract: its function, and every route that leads to it. */
export class EndpointFunction extends Construct {
  constructor(scope: Construct, id: string, props: EndpointFunctionProps) {
    super(scope, id);
    const { endpoint, access, api } = props;
    const handler = new AttuneFunction(this, 'Handler', {
      platform: props.platform,
      entry: apiEntry(endpoint.operationId),
      description: endpoint.summary,
      access,
      queues: props.queues,
      environment: callerLimits(props.platform.settings),
      memoryMb: access.memoryMb ?? DEFAULT_MEMORY_MB,
      timeout: Duration.seconds(access.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS),
      asyncFailures: 'Called by API Gateway only, synchronously: the caller gets the failure.',
    });
    const integration = new CfnIntegration(this, 'Integration', {
      apiId: api.apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: handler.function.functionArn,
      payloadFormatVersion: '2.0',
    });
    endpoint.routes.forEach((route, index) => {
      this.addRoute({
        ...props,
        route,
        index,
        functionArn: handler.function.functionArn,
        target: integration.ref,
      });
    });
  }

  private addRoute(
    props: EndpointFunctionProps & { route: Route; index: number; functionArn: string; target: string },
  ): void {
    const { api, route, endpoint } = props;
    const open = endpoint.caller === 'nobody';
    new CfnPermission(this, `Permission${props.index}`, {
      action: 'lambda:InvokeFunction',
      functionName: props.functionArn,
      principal: 'apigateway.amazonaws.com',
      sourceArn: sourceArn(api.apiId, route),
    });
    const apiRoute = new CfnRoute(this, `Route${props.index}`, {
      apiId: api.apiId,
      routeKey: `${route.method} ${fullPath(route)}`,
      target: `integrations/${props.target}`,
      authorizationType: open ? 'NONE' : 'JWT',
      authorizerId: open ? undefined : api.authorizerId,
    });
    if (open)
      acknowledge(
        apiRoute,
        ['AwsSolutions-APIG4'],
        'The contract asks for no token here: health says nothing about anyone.',
      );
  }
}
