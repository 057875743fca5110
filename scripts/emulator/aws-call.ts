import { REGION } from './cdk.ts';

/** Calls one action of an AWS service that speaks JSON; answers its result, throws its error by name. */
export type AwsCall = <T = Record<string, unknown>>(action: string, input: Record<string, unknown>) => Promise<T>;

/** Services that the scripts speak to: target prefix of their JSON protocol by signing name. */
const services = {
  'cognito-idp': 'AWSCognitoIdentityProviderService',
  dynamodb: 'DynamoDB_20120810',
  sqs: 'AmazonSQS',
  states: 'AWSStepFunctions',
} as const;

export type Service = keyof typeof services;

/**
 * Speaks to the emulator, which checks no signatures but reads the service's name from one. Only scripts call it: the
 * product itself has the AWS SDK for the services that it uses.
 */
export const awsCall =
  (url: string, service: Service): AwsCall =>
  async <T>(action: string, input: Record<string, unknown>): Promise<T> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `${services[service]}.${action}`,
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${REGION}/${service}/aws4_request, SignedHeaders=host, Signature=none`,
      },
      body: JSON.stringify(input),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${service} ${action}: ${response.status} ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as T;
  };
