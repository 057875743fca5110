/** AWS list prices in dollars: us-east-1, on demand, without free tier and without discounts. */
export const prices = {
  source:
    'AWS list prices as the team knows them, us-east-1, on demand; check before use, this script fetches nothing',
  date: '2026-11',
  dynamodb: { writeUnit: 0.625e-6, readUnit: 0.125e-6, gigabyteMonth: 0.25, pitrGigabyteMonth: 0.2 },
  lambda: { gigabyteSecond: 0.0000133334, request: 0.2e-6 },
  httpApi: { request: 1e-6 },
  sqs: { request: 0.4e-6 },
  eventBridge: { event: 1e-6 },
  s3: { put: 5e-6, get: 0.4e-6, gigabyteMonth: 0.023 },
  stepFunctions: { transition: 25e-6 },
  scheduler: { invocation: 1e-6 },
  logs: { gigabyte: 0.5 },
  xray: { trace: 5e-6 },
  kms: { keyMonth: 1, request: 0.03 / 10_000 },
  /** On demand, each token, by the name under which AWS sells them. */
  bedrock: {
    source:
      'Bedrock list prices as the team knows them, on demand; regional profiles of Claude cost a tenth more',
    date: '2026-11',
    models: [
      { name: 'Nova Micro', input: 0.035e-6, output: 0.14e-6 },
      { name: 'Nova Lite', input: 0.06e-6, output: 0.24e-6 },
      { name: 'Nova Pro', input: 0.8e-6, output: 3.2e-6 },
      { name: 'Claude Haiku 4.5', input: 1e-6, output: 5e-6 },
      { name: 'Claude Sonnet 4.5', input: 3e-6, output: 15e-6 },
    ],
  },
} as const;
