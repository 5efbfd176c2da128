import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidInput } from '@caretrail/kernel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ImportReport } from './import-report.js';

describe('the report of an import', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'caretrail-report-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is a file in a folder that is made for it, and begins anew each time', async () => {
    const path = join(folder, 'reports', 'one.csv');
    for (const line of [7, 8]) {
      const report = await ImportReport.open(path);
      report.add('rejected', line, [{ rule: 'a-rule', reason: 'It is not so.' }]);
      await report.close();
      expect(readFileSync(path, 'utf8')).toBe(`what,line,column,rule,reason\nrejected,${line},,a-rule,It is not so.\n`);
    }
  });

  it('says that it cannot be written, and where', async () => {
    const taken = join(folder, 'a-file');
    writeFileSync(taken, '');
    const opening = ImportReport.open(join(taken, 'one.csv'));
    await expect(opening).rejects.toThrow(InvalidInput);
    await expect(opening).rejects.toThrow(/a-file\/one\.csv \(ENOTDIR\), so nothing was imported/);
  });
});
