import { Duration } from 'aws-cdk-lib';
import { HttpApi as Api, CfnAuthorizer, CfnStage, CorsHttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Settings } from '../config/settings.ts';

export type HttpApiProps = {
  readonly settings: Settings;
  readonly key: IKey;
  readonly issuer: { readonly url: string; readonly audience: readonly string[] };
};

/** What the routes in other stacks need of the API. */
export type ApiAddress = { readonly apiId: string; readonly authorizerId: string };

/** Structured access log: who asked for what, how it ended and how long it took; no bodies, tokens or addresses. */
const accessLogFormat = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  routeKey: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  integrationMs: '$context.integrationLatency',
  integrationError: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
  bytes: '$context.responseLength',
});

const browserHeaders = ['authorization', 'content-type', 'idempotency-key', 'if-none-match', 'x-user-id'];
const answerHeaders = [
  'attune-decision-id',
  'attune-generated-at',
  'attune-source',
  'attune-reason',
  'attune-rung',
  'attune-experiments',
  'attune-debug',
  'etag',
  'retry-after',
];

/** The HTTP API: one stage, one JWT authorizer, structured access logs, throttling. Routes are added by endpoints. */
export class HttpApi extends Construct {
  readonly api: Api;
  readonly address: ApiAddress;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    this.api = new Api(this, 'Api', {
      description: 'Attune',
      createDefaultStage: false,
      corsPreflight: props.settings.corsOrigins.length === 0 ? undefined : this.cors(props.settings),
    });
    const authorizer = new CfnAuthorizer(this, 'Authorizer', {
      apiId: this.api.apiId,
      name: 'jwt',
      authorizerType: 'JWT',
      identitySource: ['$request.header.Authorization'],
      jwtConfiguration: { issuer: props.issuer.url, audience: [...props.issuer.audience] },
    });
    this.addStage(props);
    this.address = { apiId: this.api.apiId, authorizerId: authorizer.ref };
  }

  private cors(settings: Settings) {
    return {
      allowOrigins: [...settings.corsOrigins],
      allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.PUT, CorsHttpMethod.DELETE],
      allowHeaders: browserHeaders,
      exposeHeaders: answerHeaders,
      maxAge: Duration.hours(1),
    };
  }

  private addStage({ settings, key }: HttpApiProps): void {
    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: settings.logRetention,
      encryptionKey: key,
      removalPolicy: settings.removalPolicy,
    });
    new CfnStage(this, 'Stage', {
      apiId: this.api.apiId,
      stageName: '$default',
      autoDeploy: true,
      accessLogSettings: { destinationArn: accessLog.logGroupArn, format: accessLogFormat },
      defaultRouteSettings: {
        throttlingRateLimit: settings.throttle.rate,
        throttlingBurstLimit: settings.throttle.burst,
      },
    });
  }
}
