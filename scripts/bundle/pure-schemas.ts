/** Schemas of the SDK on several lines; those of faults are registered, and stay. */
const SCHEMAS = /^((?:export )?var [\w$]+ = )(\[(?!-3)(?!.*\];$)[\s\S]*?^\]);$/gm;

const asPure = (block: string, name: string, schema: string): string =>
  schema.includes('{ [') ? `${name}/* @__PURE__ */ (() => ${schema})();` : block;

/**
 * The source of a client's schemas in which unused ones can be seen to be so: esbuild keeps what has computed properties, whether or not it
 * is used, and all that it names.
 */
export const withPureSchemas = (source: string): string => source.replace(SCHEMAS, asPure);
