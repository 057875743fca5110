import { createLocalJWKSet, errors, jwtVerify } from 'jose';
import { audience, issuer } from './sign-token.ts';
import { algorithm, type SigningKey } from './signing-key.ts';

/** Claims as API Gateway hands them to a Lambda: every value is a string, lists read `[a b]`. */
export type GatewayClaims = Record<string, string>;

/** The token is missing or not good; `message` says why. */
export class TokenRefused extends Error {}

const asText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.join(' ')}]`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const bearer = (header: string | undefined): string => {
  const token = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
  if (!token) throw new TokenRefused('Send a token as "Authorization: Bearer <token>"');
  return token;
};

/** Does what API Gateway's JWT authorizer does: signature, algorithm, issuer, audience, expiry, not-before. */
export const gatewayAuthorizer = ({ publicJwk }: SigningKey) => {
  const keys = createLocalJWKSet({ keys: [publicJwk] });
  const checks = { issuer, audience, algorithms: [algorithm], requiredClaims: ['exp'] };
  return async (header: string | undefined): Promise<GatewayClaims> => {
    const token = bearer(header);
    try {
      const { payload } = await jwtVerify(token, keys, checks);
      return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, asText(value)]));
    } catch (error) {
      if (error instanceof errors.JOSEError) throw new TokenRefused(`The token is refused: ${error.message}`);
      throw error;
    }
  };
};
