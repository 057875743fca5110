import { checkMainJob } from './emulator/checks/main-job.ts';
import { type Deployment, deployToEmulator, type Reporter } from './emulator/deploy.ts';
import { DOMAIN } from './emulator/domain.ts';
import { recentErrors } from './emulator/recent-errors.ts';

/**
 * The deploy test of `.ci/run`: the real stacks by the real CDK CLI on MiniStack, the main job on them, and away with
 * it all. One line per step; the last line counts. The first failure ends it, since each step builds on those before.
 */
let passed = 0;
let failed = 0;

const check: Reporter = async (step, work) => {
  const started = performance.now();
  try {
    const result = await work();
    passed++;
    process.stdout.write(`ok   ${step} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
    return result;
  } catch (error) {
    failed++;
    process.stdout.write(`FAIL ${step}: ${error instanceof Error ? error.message : error}\n`);
    throw error;
  }
};

const stackIsGone = async ({ ministack, outputs }: Deployment): Promise<void> => {
  const answer = await fetch(
    `${ministack.url}/_aws/execute-api/${outputs.ApiId}/$default/api/personalization/health`,
  );
  if (answer.ok) throw new Error('the API still answers');
};

const run = async (): Promise<void> => {
  const deployment = await deployToEmulator(check, { domain: DOMAIN });
  try {
    await checkMainJob(deployment, check);
    await check('cdk destroy', deployment.cdk.destroy);
    await check('nothing answers any more', () => stackIsGone(deployment));
  } catch (error) {
    const lines = await recentErrors(deployment.ministack.url).catch((reason: unknown) => [
      `no logs: ${reason}`,
    ]);
    for (const line of lines) process.stdout.write(`     ${line}\n`);
    throw error;
  } finally {
    await deployment.stop();
  }
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
await run().catch((error: unknown) => {
  if (failed > 0) return; // printed and counted by its step
  failed++;
  process.stdout.write(`FAIL ${error instanceof Error ? error.message : error}\n`);
});
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
