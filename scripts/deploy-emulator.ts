import { deployToEmulator, type Reporter } from './emulator/deploy.ts';

const report: Reporter = async (step, work) => {
  const started = performance.now();
  process.stdout.write(`${step} ...\n`);
  const result = await work();
  process.stdout.write(`${step}: ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  return result;
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const { ministack, bedrock, outputs, apiUrl } = await deployToEmulator(report);
process.stdout.write('\n');
for (const [name, value] of Object.entries(outputs)) process.stdout.write(`${name} = ${value}\n`);
process.stdout.write(
  `\nEndpoint of the AWS CLI: ${ministack.url}\nFake of Bedrock: ${bedrock.url}\nready ${apiUrl}\nCtrl-C ends it.\n`,
);

// Nothing else keeps this process alive: the emulator is a process group of its own.
setInterval(() => {}, 1 << 30);
