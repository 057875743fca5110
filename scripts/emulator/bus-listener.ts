import { awsCall } from './aws-call.ts';
import type { Deployment } from './deploy.ts';
import { eventually } from './eventually.ts';

/** An event as EventBridge delivers it. */
export type BusEvent = {
  readonly 'detail-type': string;
  readonly detail: Readonly<Record<string, unknown>>;
};

/** A rule on the product's bus, as another team would put one there; its target is a queue of theirs. Answers the queue's URL. */
export const listenToBus = async ({ ministack, outputs }: Deployment, name: string): Promise<string> => {
  const { QueueUrl } = await awsCall(ministack.url, 'sqs')<{ QueueUrl: string }>('CreateQueue', {
    QueueName: name,
  });
  const events = awsCall(ministack.url, 'events');
  const { EventBusName } = outputs;
  await events('PutRule', {
    EventBusName,
    Name: name,
    EventPattern: JSON.stringify({ source: ['attune'] }),
  });
  const Arn = `arn:aws:sqs:us-east-1:000000000000:${name}`;
  await events('PutTargets', { EventBusName, Rule: name, Targets: [{ Id: 'queue', Arn }] });
  return QueueUrl;
};

/** Waits for so many wanted events; others are taken from the queue and forgotten. */
export const heardOnBus = async (
  { ministack }: Deployment,
  QueueUrl: string,
  wait: { readonly what: string; readonly count: number; readonly wanted: (event: BusEvent) => boolean },
): Promise<BusEvent[]> => {
  const sqs = awsCall(ministack.url, 'sqs');
  const found: BusEvent[] = [];
  return eventually({ what: wait.what }, async () => {
    const { Messages = [] } = await sqs<{ Messages?: { Body: string }[] }>('ReceiveMessage', {
      QueueUrl,
      MaxNumberOfMessages: 10,
    });
    found.push(...Messages.map(({ Body }) => JSON.parse(Body) as BusEvent).filter(wait.wanted));
    return found.length >= wait.count ? found : undefined;
  });
};
