import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { userSeal } from '../../adapters/user-seal.ts';
import { newConfigDecisionId, parseDecisionId, wholeDecisionId } from '../../core/decisions/decision-id.ts';

const BARE = 'a1b2c3.01JD6Z7Q9T3V5X8Y2A4C6E8G0H';
const seal = userSeal(Buffer.alloc(32, 1));
const runs = { seed: 20_261_121, numRuns: 300 };
const anyUserId = fc.stringMatching(/^[A-Za-z0-9._:@-]{1,128}$/);

describe('the sealed user of a decision id', () => {
  it('is opened by the same installation for the same id only', () => {
    const other = userSeal(Buffer.alloc(32, 2));
    fc.assert(
      fc.property(anyUserId, (userId) => {
        const sealed = seal.seal(userId, BARE);
        expect(seal.open(sealed, BARE)).toBe(userId);
        expect(seal.seal(userId, BARE)).toBe(sealed);
        expect(other.open(sealed, BARE)).toBeUndefined();
        expect(seal.open(sealed, BARE.replace('01JD', '01JE'))).toBeUndefined();
      }),
      runs,
    );
  });

  it('hides the user: neither the text nor what two users have in common shows', () => {
    const [ada, adb] = ['ada-0001', 'ada-0002'].map((userId) => seal.seal(userId, BARE));
    expect(Buffer.from(ada ?? '', 'base64url').toString('latin1')).not.toContain('ada');
    expect(ada?.slice(8, 14)).not.toBe(adb?.slice(8, 14));
  });

  it('is known as changed wherever a character is another, missing or added', () => {
    const sealed = seal.seal('ada', BARE);
    const changed = [...sealed].flatMap((old, at) =>
      ['A', 'B', '-', '']
        .filter((one) => one !== old)
        .map((one) => sealed.slice(0, at) + one + sealed.slice(at + 1)),
    );
    expect(changed.filter((text) => seal.open(text, BARE) !== undefined)).toEqual([]);
    for (const text of ['', 'AAAA', `${sealed}A`, `${sealed}=`, sealed.slice(0, 8)])
      expect(seal.open(text, BARE)).toBeUndefined();
  });

  it('travels in ids of at most 128 characters, position included, and is left out of longer ones', () => {
    const config = newConfigDecisionId(0, () => 'X');
    fc.assert(
      fc.property(anyUserId, fc.constantFrom(BARE, config), (userId, bare) => {
        const whole = wholeDecisionId(bare, seal.seal(userId, bare));
        expect(whole).toMatch(/^[A-Za-z0-9._:@-]{1,122}$/);
        const parts = parseDecisionId(whole);
        expect(parts?.bare).toBe(bare);
        const opened = parts?.sealed === undefined ? undefined : seal.open(parts.sealed, bare);
        expect(opened).toBe(userId.length <= 60 ? userId : opened && userId);
      }),
      runs,
    );
    expect(wholeDecisionId(BARE, seal.seal('u'.repeat(128), BARE))).toBe(BARE);
  });
});
