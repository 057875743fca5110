import type { PathPorts, ProgressPorts } from '../../../core/learning/paths/ports.ts';
import { sharedData } from '../kept/shared-data.ts';
import { lazily } from '../lazily.ts';
import { tracePorts } from './decision-ports.ts';
import { learningPaths, recording, users } from './table-ports.ts';

/** What making and reading learning paths needs. */
export const learning = lazily(
  (): PathPorts => ({ paths: learningPaths(), users: users(), shared: sharedData, ...tracePorts() }),
);

/** What progress needs besides: it is tracked as interactions. */
export const progressing = lazily((): ProgressPorts => ({ ...learning(), tracking: recording() }));
