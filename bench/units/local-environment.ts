/** What handlers and SDK clients of this process and its children find in their environment beside the stores. */
const COMMON = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  POWERTOOLS_SERVICE_NAME: 'attune',
  POWERTOOLS_METRICS_NAMESPACE: 'Attune',
  POWERTOOLS_METRICS_DISABLED: 'true',
  POWERTOOLS_LOG_LEVEL: 'WARN',
  // A bench asks faster than any caller may.
  ATTUNE_CALLER_RATE: '1000000',
  ATTUNE_CALLER_BURST: '1000000',
};

/** Points handlers at embedded stores: the names that CDK gives on AWS, and the SDK's own variables. */
export const setEnvironment = (stores: Readonly<Record<string, string>>): void => {
  Object.assign(process.env, COMMON, stores);
};
