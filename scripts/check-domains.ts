import { resolve } from 'node:path';
import { TEXT_SECTIONS } from '../core/domains/types.ts';
import { documentOf } from './domains/document-of.ts';
import { domainsFolder, type ReadDomain, readDomains } from './domains/read-domain.ts';

/** `npm run -s domains [-- folder]`: what each domain holds, and every fault. Exit 1 where there is one. */
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

const columns = ['actions', 'texts', ...TEXT_SECTIONS, 'achievements', 'items', 'bytes'];

const cells = ({ domain, catalog }: ReadDomain): (string | number)[] => {
  if (!domain) return columns.map(() => '-');
  const inSection = (section: string) => domain.texts.filter((text) => text.section === section).length;
  return [
    domain.actions.length,
    domain.texts.length,
    ...TEXT_SECTIONS.map(inSection),
    domain.achievements.length,
    catalog.length,
    Buffer.byteLength(documentOf(domain)),
  ];
};

const row = (name: string, values: readonly (string | number)[]): string =>
  [name.padEnd(14), ...values.map((value, at) => String(value).padStart(columns[at]?.length ?? 0))].join(
    '  ',
  );

const { domains, faults } = readDomains(resolve(process.argv[2] ?? domainsFolder));
say(row('domain', columns));
for (const domain of domains) say(row(domain.name, cells(domain)));
for (const fault of faults) say(fault);
say(faults.length === 0 ? 'no faults' : `${faults.length} faults`);
if (domains.length === 0) say('there are no domains here');
if (faults.length > 0 || domains.length === 0) process.exitCode = 1;
