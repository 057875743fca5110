import { BadInput } from './bad-input.ts';
import { eachLine } from './lines.ts';

/** Reads `user group` per line, after a header of the same. */
export function readGroups(file: string): Map<string, string> {
  const groups = new Map<string, string>();
  eachLine(file, (buffer, start, end, line) => {
    const [user = '', group = ''] = buffer.toString('utf8', start, end).split('\t');
    if (line === 1) {
      if (user.trim() !== 'user' || group.trim() !== 'group') {
        throw new BadInput(`${file}: the header must be user and group, separated by a tab`);
      }
      return;
    }
    if (user !== '' && group !== '') groups.set(user, group.trim());
  });
  if (groups.size === 0) throw new BadInput(`${file} names no group`);
  return groups;
}
