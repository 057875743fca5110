import { EventBridgeClient } from '@aws-sdk/client-eventbridge';

/** EventBridge client of one process. Region, credentials and endpoint come from the environment, as the SDK reads it. */
export const eventBridgeClient = (): EventBridgeClient => new EventBridgeClient({ maxAttempts: 4 });
