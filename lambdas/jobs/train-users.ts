import { trainUsers } from '../../core/nights/steps/train-users.ts';
import { nightStep } from '../runtime/night-step.ts';

export const handler = nightStep(trainUsers);
