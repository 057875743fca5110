import type { Deployment, Reporter } from '../deploy.ts';
import { type Person, signIn } from '../sign-in.ts';
import { checkAchievements } from './achievements.ts';
import { checkGeneration } from './generation.ts';
import { checkLearningPath } from './learning-path.ts';

/** What single products ask for: learning paths, achievements, generations. */
export const checkProducts = async (
  deployment: Deployment,
  check: Reporter,
  { admin, user }: { readonly admin: Person; readonly user: Person },
): Promise<void> => {
  const { ministack, outputs } = deployment;
  const [other, service] = await check('sign in another user and a backend at Cognito', () =>
    Promise.all([
      signIn(ministack.url, outputs, { name: 'dora' }),
      signIn(ministack.url, outputs, { name: 'products', group: 'service' }),
    ]),
  );
  await checkLearningPath({ deployment, user, other }, check);
  await checkAchievements({ deployment, user, other, service }, check);
  await checkGeneration({ deployment, admin, user, service }, check);
};
