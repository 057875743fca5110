import { trainUsers } from '../../core/nights/train-users.ts';
import { nightStep } from '../runtime/night-step.ts';

export const handler = nightStep(trainUsers);
