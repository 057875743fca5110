import { spawn } from 'node:child_process';

export type Command = {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Lines of the output to show while it runs; none without it. */
  readonly show?: (line: string) => boolean;
};

/** Runs a command to its end and answers its output; rejects with the last of the output when it fails. */
export const runCommand = ({ command, args, cwd, env, show }: Command): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const take = (chunk: string): void => {
      output += chunk;
      for (const line of chunk.split('\n')) if (show?.(line)) process.stdout.write(`  ${line}\n`);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output.slice(-4000)}`));
    });
  });
