import type { AchievementDefinition, Domain } from '../domains/types.ts';
import type { StoredProfile } from '../profile/stored-profile.ts';
import { type ClaimQuestion, unlockedAchievement } from './claim-achievement.ts';
import type { ReadAchievementsPorts } from './ports.ts';
import { achievementKey } from './types.ts';

/** Hashes of a badge, by a key of the installation. */
export type BadgeHashes = {
  /** The same for the same texts; nobody can compute it without the key. Hex. */
  salt(...of: readonly string[]): string;
  /** SHA-256 of a text, hex. */
  digest(text: string): string;
};

export type BadgePorts = ReadAchievementsPorts & { readonly hashes: () => Promise<BadgeHashes> };

/** `issuer`: the address of whoever gives the badge (`https://...`, without a slash at the end). */
export type BadgeQuestion = ClaimQuestion & { readonly issuer: string };

const CONTEXTS = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
];

/** 32 hex digits as a UUID of version 8, whose digits are the application's own (RFC 9562, 5.8). */
const asUuid = (hex: string): string =>
  [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');

/** Who earned it, as only those can tell who know the e-mail address (in lower case) or the user id: an IdentityHash of the specification. */
const identityOf = (profile: StoredProfile | undefined, userId: string, hashes: BadgeHashes) => {
  const email = profile?.email?.trim().toLowerCase();
  const salt = hashes.salt('badge identity', userId).slice(0, 32);
  return {
    type: 'IdentityObject',
    hashed: true,
    identityType: email ? 'emailAddress' : 'accountId',
    identityHash: `sha256$${hashes.digest(`${email || userId}${salt}`)}`,
    salt,
  };
};

const imageOf = (imageUrl: string | undefined, issuer: string) => {
  if (imageUrl === undefined) return {};
  const id = imageUrl.startsWith('/') ? `${issuer}${imageUrl}` : imageUrl;
  return { image: { id, type: 'Image' } };
};

const achievementOf = (domain: Domain, definition: AchievementDefinition, issuer: string) => ({
  id: `${issuer}/#achievements/${achievementKey(domain.name, definition.id)}`,
  type: ['Achievement'],
  achievementType: 'Badge',
  name: definition.name,
  description: definition.description,
  criteria: { narrative: definition.description },
  ...imageOf(definition.imageUrl, issuer),
});

/**
 * An unlocked achievement as an OpenBadgeCredential (1EdTech Open Badges 3.0, a W3C Verifiable Credential 2.0), without a proof: whoever
 * needs a signed one signs it with a key of their own. The same for the same unlocking, whenever it is asked for.
 * @throws NotFound for an unknown achievement, Conflict while it is locked
 */
export const badgeOf = async (
  ports: BadgePorts,
  question: BadgeQuestion,
): Promise<Record<string, unknown>> => {
  const { userId, domain, issuer } = question;
  const [{ definition, view, profile }, hashes] = await Promise.all([
    unlockedAchievement(ports, question),
    ports.hashes(),
  ]);
  const credential = hashes.salt(
    'badge',
    userId,
    achievementKey(domain.name, definition.id),
    `${view.unlockedAt}`,
  );
  return {
    '@context': CONTEXTS,
    id: `urn:uuid:${asUuid(credential)}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: definition.name,
    issuer: { id: issuer, type: ['Profile'], name: domain.title, url: issuer },
    validFrom: view.unlockedAt,
    credentialSubject: {
      type: ['AchievementSubject'],
      identifier: [identityOf(profile, userId, hashes)],
      achievement: achievementOf(domain, definition, issuer),
    },
  };
};
