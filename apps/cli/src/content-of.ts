import { readFile } from 'node:fs/promises';
import { InvalidInput } from '@caretrail/kernel';

/** The whole of a file that a command names. @throws InvalidInput when there is none that can be read */
export function contentOf(file: string): Promise<Buffer> {
  return readFile(file).catch(() => {
    const message = `There is no file ${file} that can be read. Check the name.`;
    throw new InvalidInput([{ rule: 'file-can-be-read', message }]);
  });
}
