import { signRequest } from './sign-request.ts';

/** Calls one action of an AWS service that speaks JSON; answers its result, throws its error. */
export type AwsCall = <T = Record<string, unknown>>(
  action: string,
  input: Record<string, unknown>,
) => Promise<T>;

/** Services that the scripts speak to: target prefix of their JSON protocol by signing name. */
const services = {
  'cognito-idp': 'AWSCognitoIdentityProviderService',
  dynamodb: 'DynamoDB_20120810',
  events: 'AWSEvents',
  logs: 'Logs_20140328',
  sqs: 'AmazonSQS',
  states: 'AWSStepFunctions',
} as const;

const send = async (
  url: string,
  service: string,
  headers: Record<string, string>,
  body: string,
): Promise<string> => {
  const signed = signRequest({ url, service, headers, body }, new Date());
  const response = await fetch(url, { method: 'POST', headers: signed, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`${service}: ${response.status} ${text}`);
  return text;
};

/**
 * Speaks to the emulator without an SDK. Only these scripts need Cognito and Step Functions from outside: the product
 * itself has the AWS SDK for the services that it uses.
 */
export const awsCall =
  (url: string, service: keyof typeof services): AwsCall =>
  async <T>(action: string, input: Record<string, unknown>): Promise<T> => {
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `${services[service]}.${action}`,
    };
    const text = await send(url, service, headers, JSON.stringify(input));
    return (text === '' ? {} : JSON.parse(text)) as T;
  };

/** Calls one action of IAM, which speaks forms and answers XML. */
export const iamCall = async (
  url: string,
  action: string,
  input: Readonly<Record<string, string>>,
): Promise<string> => {
  const body = new URLSearchParams({ Action: action, Version: '2010-05-08', ...input }).toString();
  return send(url, 'iam', { 'content-type': 'application/x-www-form-urlencoded' }, body);
};
