/** In a fresh process: loads the bundle named first, answers the event given second, tells the milliseconds of both. */
const [file = '', event = '{}'] = process.argv.slice(2);
const start = performance.now();
const { handler } = (await import(file)) as {
  handler: (event: unknown, context: unknown) => Promise<{ statusCode: number; body: string }>;
};
const loaded = performance.now();
const context = { functionName: 'start-up', awsRequestId: 'start-up', memoryLimitInMB: '512' };
const { statusCode, body } = await handler(JSON.parse(event), context);
const answered = performance.now();
if (statusCode >= 300) throw new Error(`${file} answered ${statusCode} ${body}`);
process.send?.({ loadMs: loaded - start, answerMs: answered - loaded });
