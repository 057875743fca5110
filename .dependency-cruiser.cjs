/** The direction of imports (docs/architecture.md, "The house"). `npm run deps` proves it; nothing here is advice. */
const only = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: to },
});

/** Packages and Node's own modules, however they are resolved. */
const OUTSIDE = ['node_modules/', '^@[a-z0-9-]+/[a-z0-9-/]+$', '^(node:)?[a-z_0-9/]+$'];
const OUTSIDE_ZOD = ['node_modules/zod/'];
const PURE_NODE = '^node_modules/@types/';

module.exports = {
  forbidden: [
    only('core-is-pure', '^core/', ['^core/', PURE_NODE], 'core imports core: no SDK, no Node, no clock'),
    only('contracts-only-zod', '^contracts/', ['^contracts/', ...OUTSIDE_ZOD], 'contracts import zod'),
    only(
      'adapters-point-inward',
      '^adapters/',
      ['^adapters/', '^core/', '^contracts/messages/', ...OUTSIDE],
      'adapters import core and queue messages',
    ),
    only(
      'lambdas-point-inward',
      '^lambdas/',
      ['^lambdas/', '^adapters/', '^core/', '^contracts/', '^domains/', '^package\\.json$', ...OUTSIDE],
      'lambdas import everything inside',
    ),
    {
      name: 'entries-stand-alone',
      comment: 'an entry point imports the runtime, never another entry point',
      severity: 'error',
      from: { path: '^lambdas/(api|workers|jobs)/' },
      to: { path: '^lambdas/(api|workers|jobs)/' },
    },
    only(
      'lib-knows-contracts-and-keys',
      '^lib/',
      ['^lib/', '^contracts/', '^adapters/dynamodb/table\\.ts$', ...OUTSIDE],
      'lib reads contracts and the key names, never core or handlers',
    ),
    only(
      'bin-imports-lib',
      '^bin/',
      ['^bin/', '^lib/', '^contracts/', '^scripts/bundle', ...OUTSIDE],
      'bin imports lib',
    ),
    only(
      'domains-are-data',
      '^domains/',
      ['^domains/', '^contracts/', ...OUTSIDE_ZOD],
      'domains are data and texts',
    ),
    {
      name: 'sdk-only-in-adapters',
      comment:
        'the AWS SDK appears in adapters only (and in the scripts and tests that drive a real endpoint)',
      severity: 'error',
      from: { path: '^(core|contracts|lambdas|lib|bin|domains|client)/' },
      to: { path: 'node_modules/@aws-sdk/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        path: '^(core|contracts|adapters|lib)/',
        pathNot: ['adapters/lambda-credentials', '\\.d\\.ts$'],
      },
      to: {},
    },
    {
      name: 'not-to-test',
      severity: 'error',
      from: { pathNot: '^(test|bench|scripts)/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|cdk\\.out)/' },
  },
};
