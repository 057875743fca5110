import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { withPureSchemas } from './pure-schemas.ts';

/** What stands in for modules that Bedrock's client imports for streams, websockets and tokens of SSO; nothing here uses one. */
const STAND_INS: Readonly<Record<string, string>> = {
  '@smithy/core/event-streams': `export const eventStreamSerdeProvider = () => ({});
    export const resolveEventStreamSerdeConfig = (config) => config;`,
  '@aws-sdk/eventstream-handler-node': 'export const eventStreamPayloadHandlerProvider = () => ({});',
  '@aws-sdk/middleware-eventstream': `export const resolveEventStreamConfig = (config) => config;
    export const getEventStreamPlugin = () => { throw new Error('event streams are left out'); };`,
  '@aws-sdk/middleware-websocket': `export const resolveWebSocketConfig = (config) => config;
    export const getWebSocketPlugin = () => { throw new Error('websockets are left out'); };`,
  // A function signs with the credentials of its role.
  '@aws-sdk/token-providers': `const none = () => async () => { throw new Error('tokens are left out'); };
    export { none as fromEnvSigningName, none as nodeProvider };`,
};

const WANTED = new RegExp(`^(?:${Object.keys(STAND_INS).join('|')})$`);
const CLIENT = '/@aws-sdk/client-bedrock-runtime/';
const NAMESPACE = 'lean-bedrock';

/** Requests go by HTTP/1.1 (adapters/bedrock/client.ts), so the client is always given its handler. */
const HTTP2 = `export class NodeHttp2Handler {
  static create(handler) {
    if (typeof handler?.handle === 'function') return handler;
    throw new Error('HTTP/2 is left out');
  }
}`;

/** Parts of requests and answers that texts have nothing to do with: their descriptions are most of those of the client. */
const BLOCKS =
  'Audio|CachePoint|CitationsContent|Document|GuardrailConverseContent|Image|ReasoningContent|SearchResult|ToolAddition|ToolRemoval|ToolResult|Video';
const OTHERS = 'ConverseTrace\\$|GuardrailConfiguration\\$|PromptVariableMap';
const DESCRIBED = new RegExp(`\\(\\) => (?:(?:${BLOCKS})Block\\$|${OTHERS})(?=[\\],])`, 'g');

/** How the SDK marks any JSON value. */
const ANY = '15';

/** Bedrock's client without what only streams, websockets, HTTP/2 and SSO need, and without most of its schemas: 70 KB less in each function that asks a model. */
export const leanBedrock: Plugin = {
  name: NAMESPACE,
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: WANTED }, ({ path, importer }) =>
      importer.includes(CLIENT) ? { path, namespace: NAMESPACE, sideEffects: false } : undefined,
    );
    onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
      contents: STAND_INS[path],
      loader: 'js',
    }));
    onLoad({ filter: /client-bedrock-runtime\/dist-es\/schemas\/schemas_0\.js$/ }, async ({ path }) => ({
      contents: withPureSchemas((await readFile(path, 'utf8')).replace(DESCRIBED, ANY)),
      loader: 'js',
    }));
    onLoad({ filter: /\/@smithy\/node-http-handler\/dist-es\/node-http2-handler\.js$/ }, () => ({
      contents: HTTP2,
      loader: 'js',
    }));
  },
};
