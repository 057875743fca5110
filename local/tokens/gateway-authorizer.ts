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

const REMEMBERED_TOKENS = 1_000;

type Remembered = { readonly claims: GatewayClaims; readonly expiresAt: number };

/** Remembers tokens whose signature was found good, the latest ones; they still expire. */
const rememberedTokens = () => {
  const tokens = new Map<string, Remembered>();
  return {
    find: (token: string): GatewayClaims | undefined => {
      const known = tokens.get(token);
      return known && known.expiresAt > Date.now() ? known.claims : undefined;
    },
    add: (token: string, claims: GatewayClaims): void => {
      tokens.delete(token);
      tokens.set(token, { claims, expiresAt: Number(claims.exp) * 1000 });
      if (tokens.size > REMEMBERED_TOKENS) tokens.delete(tokens.keys().next().value ?? '');
    },
  };
};

/** Does what API Gateway's JWT authorizer does: signature, algorithm, issuer, audience, expiry, not-before. */
export const gatewayAuthorizer = ({ publicJwk }: SigningKey) => {
  const keys = createLocalJWKSet({ keys: [publicJwk] });
  const checks = { issuer, audience, algorithms: [algorithm], requiredClaims: ['exp'] };
  const remembered = rememberedTokens();
  const verified = async (token: string): Promise<GatewayClaims> => {
    try {
      const { payload } = await jwtVerify(token, keys, checks);
      return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, asText(value)]));
    } catch (error) {
      if (error instanceof errors.JOSEError) throw new TokenRefused(`The token is refused: ${error.message}`);
      throw error;
    }
  };
  return async (header: string | undefined): Promise<GatewayClaims> => {
    const token = bearer(header);
    const known = remembered.find(token);
    if (known) return known;
    const claims = await verified(token);
    remembered.add(token, claims);
    return claims;
  };
};
