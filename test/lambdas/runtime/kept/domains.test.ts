import { expect, it } from '@jest/globals';
import { Invalid } from '../../../../core/errors.ts';
import { domainNames, loadDomain } from '../../../../lambdas/runtime/kept/domains.ts';
import { domainFolders, readDomain } from '../../../../scripts/domains/read-domain.ts';

const checked = domainFolders().map(readDomain);
const names = checked.map(({ name }) => name);

it('knows every folder of domains/, as it was checked', () => {
  expect(domainNames()).toEqual(names);
  for (const { name, domain } of checked) expect(loadDomain(name)).toEqual(domain);
});

it('knows the products that Attune comes with', () => {
  expect(names).toEqual(expect.arrayContaining(['real-estate', 'saas', 'learning', 'video', 'film']));
});

it('reads a domain once', () => {
  expect(loadDomain('saas')).toBe(loadDomain('saas'));
});

it.each(['starter', '', '../domains/saas', 'saas/', 'constructor', '__proto__'])(
  'refuses "%s", names the field and the known ones',
  (name) => {
    const message = `must be one of ${names.join(', ')}`;
    expect(() => loadDomain(name)).toThrow(new Invalid([{ path: 'domain', message }]));
    try {
      loadDomain(name);
    } catch (error) {
      expect((error as Invalid).errors).toEqual([{ path: 'domain', message }]);
    }
  },
);
