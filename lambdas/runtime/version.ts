import packageJson from '../../package.json' with { type: 'json' };

/** The product's version, as the health endpoint tells it. */
export const { version } = packageJson;
