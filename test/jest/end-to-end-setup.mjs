// What the tests of the running platform need before they start: a folder for PostgreSQL, and a browser.
import findBrowser from './browser.mjs';
import nameCluster from './postgres-setup.mjs';

export default async function setup() {
  await nameCluster();
  await findBrowser();
}
