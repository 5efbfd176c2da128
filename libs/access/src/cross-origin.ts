import { Forbidden } from '@caretrail/kernel';
import { bearerOf, type SignedInRequest } from './sessions.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Keeps other sites from sending commands with a reader's cookie (cross-site request forgery): by Sec-Fetch-Site, which
 * every current browser sends, else by Origin against Host. A request with a bearer token cannot be forged this way,
 * and one with neither header does not come from a browser.
 * @throws Forbidden
 */
export function refuseCrossSite(request: Pick<SignedInRequest, 'headers'> & { readonly method: string }): void {
  if (SAFE.has(request.method) || bearerOf(request)) return;
  const { 'sec-fetch-site': site, origin, host } = request.headers;
  const own =
    site !== undefined ? site === 'same-origin' || site === 'none' : origin === undefined || isHost(origin, host);
  if (!own)
    throw new Forbidden(
      'This form was sent from another site, so nothing was done. Open the page here and send it again.',
    );
}

function isHost(origin: string | string[], host: string | string[] | undefined): boolean {
  return typeof origin === 'string' && URL.canParse(origin) && new URL(origin).host === host;
}
