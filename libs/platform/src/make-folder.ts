import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are not there; of several processes at once none fails.
 * Node's own `recursive` asks for ever where the system says that the folder above is not there although it is, as below /proc.
 * @param mode rights of each folder that it makes; the system's own where it is left out
 * @throws NodeJS.ErrnoException as the system gives it
 */
export function makeFolder(path: string, mode?: number): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path), mode);
  try {
    mkdirSync(path, mode === undefined ? {} : { mode });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
