import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { algorithm, type SigningKey } from './signing-key.ts';

/** Issuer and audience of local tokens. The issuer does not name the port, so that a token survives a move. */
export const issuer = 'https://attune.local';
export const audience = 'attune';

const LIFETIME_SECONDS = 12 * 3600;

/** What a token says about its caller. */
export type TokenRequest = {
  readonly sub: string;
  /** Space separated, e.g. `personalization/service`. */
  readonly scope?: string;
  /** Seconds until it expires; 12 hours where not given. */
  readonly expiresIn?: number;
};

/** Signs a token as an identity provider would. */
export const signToken = (
  key: SigningKey,
  { sub, scope, expiresIn = LIFETIME_SECONDS }: TokenRequest,
): Promise<string> => {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT(scope === undefined ? {} : { scope })
    .setProtectedHeader({ alg: algorithm, kid: key.publicJwk.kid, typ: 'JWT' })
    .setSubject(sub)
    .setIssuer(issuer)
    .setAudience(audience)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + expiresIn)
    .sign(key.privateKey);
};
