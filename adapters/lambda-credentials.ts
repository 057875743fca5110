import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Takes the place of `@aws-sdk/credential-provider-node` in the bundles. In Lambda the execution role's credentials are
 * always in the environment and stay the same as long as it lives; the full chain (SSO, profiles, web identity,
 * containers) would add about 95 KB to every function and never be asked. Local processes keep the full chain.
 */
export const defaultProvider = fromEnv;
