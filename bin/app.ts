import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { jobs } from '../contracts/nights.ts';
import { endpoints } from '../contracts/registry.ts';
import { bundledCode } from '../lib/config/bundled-code.ts';
import { addChecks } from '../lib/config/checks.ts';
import { endpointGrants } from '../lib/config/endpoint-grants.ts';
import { readSettings } from '../lib/config/settings.ts';
import { AttuneStack } from '../lib/stacks/attune-stack.ts';

const app = new App();
addChecks(app);
new AttuneStack(app, 'Attune', {
  settings: readSettings(app.node),
  endpoints,
  grants: endpointGrants,
  jobs,
  codeOf: bundledCode(join(import.meta.dirname, '..', 'dist')),
});
