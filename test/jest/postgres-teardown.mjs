import { removeCluster } from './test-cluster.mjs';

export default async function teardown() {
  await removeCluster(process.env['CARETRAIL_TEST_CLUSTER']);
}
