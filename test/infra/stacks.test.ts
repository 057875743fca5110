import { beforeAll } from '@jest/globals';
import './stacks/data.ts';
import './stacks/failures.ts';
import './stacks/functions.ts';
import './stacks/nights.ts';
import './stacks/permissions.ts';
import './stacks/routes.ts';
import './stacks/settings.ts';
import { loadStacks } from './stacks/stacks.ts';

// One synthesis for all subjects; hooks of the file run before those of its parts.
beforeAll(loadStacks);
