const NEEDED = 24;

export const NODE_NEEDED = `Caretrail needs Node ${NEEDED} or newer; this is ${process.version}. Start it with npm start after npm ci, which brings Node ${NEEDED} on Linux and Windows, or install Node ${NEEDED}.`;

/** True on a Node that is older than what the project pins. */
export const nodeIsTooOld = (version: string = process.versions.node): boolean =>
  Number(version.split('.')[0]) < NEEDED;
