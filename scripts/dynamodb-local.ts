import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './bundle-functions.ts';
import { freePort } from './emulator/free-port.ts';
import { runCommand } from './emulator/run-command.ts';

/** Amazon's own DynamoDB Local: the contract suite of the adapters must agree with it as with the embedded store. */
const VERSION = '3.1.0';
const START_TIMEOUT_MS = 30_000;
const folder = join(root, '.cache', 'dynamodb-local', VERSION);
const libraries = join(folder, 'lib');

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>attune</groupId>
  <artifactId>dynamodb-local</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>software.amazon.dynamodb</groupId>
      <artifactId>DynamoDBLocal</artifactId>
      <version>${VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;

const present = (command: string, argument: string): boolean => spawnSync(command, [argument]).status === 0;

const fail = (message: string): never => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

/** Fetches the jars once; they are kept for the next run. */
const fetchJars = async (): Promise<void> => {
  const complete = join(folder, 'complete');
  if (existsSync(complete)) return;
  if (!present('mvn', '--version')) fail('Maven (mvn) is not installed: DynamoDB Local cannot be fetched');
  process.stdout.write(`fetching DynamoDB Local ${VERSION} ...\n`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'pom.xml'), pom);
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies';
  await runCommand({
    command: 'mvn',
    args: ['-q', '-B', goal, `-DoutputDirectory=${libraries}`],
    cwd: folder,
  });
  writeFileSync(complete, '');
};

const start = async () => {
  const port = await freePort();
  const main = 'software.amazon.dynamodb.services.local.main.ServerRunner';
  const args = [
    `-Djava.library.path=${libraries}`,
    '-cp',
    join(libraries, '*'),
    main,
    '-inMemory',
    '-port',
    `${port}`,
  ];
  const child = spawn('java', args, { cwd: folder, stdio: 'ignore' });
  process.once('exit', () => child.kill('SIGKILL'));
  const endpoint = `http://127.0.0.1:${port}`;
  const deadline = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    // Any HTTP answer, even a refusal, means that it listens.
    const up = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (up) return { endpoint, stop: () => child.kill() };
    if (child.exitCode !== null) return fail(`DynamoDB Local ended with ${child.exitCode}`);
    if (performance.now() > deadline) return fail('DynamoDB Local did not start in time');
    await delay(200);
  }
};

const runSuite = (endpoint: string): number => {
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = [
    '--experimental-vm-modules',
    '--no-warnings',
    jest,
    'test/adapters/dynamodb',
    ...process.argv.slice(2),
  ];
  const env = { ...process.env, ATTUNE_DYNAMODB_ENDPOINT: endpoint };
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env }).status ?? 1;
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
if (!present('java', '-version')) fail('Java 17 or newer is not installed: DynamoDB Local cannot run');
await fetchJars();
const database = await start();
process.stdout.write(`DynamoDB Local ${VERSION} at ${database.endpoint}\n`);
const status = runSuite(database.endpoint);
database.stop();
process.exit(status);
