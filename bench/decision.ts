/**
 * One decision with 200 rules of three clauses each, on one thread: ours with conflicts, merge and reasons, beside the same conditions alone
 * in three other engines. All must find the same rules met before anything is timed. Percentiles of single decisions after
 * warming up; the engines take turns, so that other work on the machine hits all of them. `npm run bench:decision`.
 */
import { type Contestant, contestants } from './decision/contestants.ts';
import { type Facts, generatedClauses, generatedUsers } from './decision/world.ts';

const RULES = 200;
const USERS = 50;
const WARM_UP = 40;
const ROUNDS = 40;

const clauses = generatedClauses(RULES);
const users = generatedUsers(USERS);
const all = contestants(clauses);

/** Throws where two engines do not agree; answers how many rules a user meets on average. */
const checkAgreement = async (): Promise<number> => {
  let met = 0;
  for (const user of users) {
    const [ours, ...others] = await Promise.all(all.map(async (one) => one.matched(await one.decide(user))));
    met += ours!.length;
    for (const [n, other] of others.entries()) {
      if (JSON.stringify(ours) === JSON.stringify(other)) continue;
      throw new Error(`${all[n + 1]!.name} disagrees on ${user.userId}: ${other} instead of ${ours}`);
    }
  }
  return met / users.length;
};

const timeOf = async ({ decide }: Contestant, user: Facts): Promise<number> => {
  const started = performance.now();
  const decided = decide(user);
  if (decided instanceof Promise) await decided;
  return performance.now() - started;
};

const round = async (one: Contestant, times: number[]): Promise<void> => {
  for (const user of users) times.push(await timeOf(one, user));
};

const percentile = (sorted: readonly number[], share: number): string =>
  sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(4);

const met = await checkAgreement();
console.log(
  `${RULES} rules of three clauses, ${USERS} users who meet ${met.toFixed(1)} of them; all engines agree`,
);
for (const one of all) for (let n = 0; n < WARM_UP; n++) await round(one, []);
const times = new Map(all.map((one) => [one, [] as number[]]));
for (let n = 0; n < ROUNDS; n++) for (const one of all) await round(one, times.get(one)!);
for (const [{ name }, taken] of times) {
  taken.sort((a, b) => a - b);
  console.log(`${name}: p50 ${percentile(taken, 0.5)} ms, p99 ${percentile(taken, 0.99)} ms`);
}
