import { Accounts } from '@caretrail/access';
import { Configuration, Councils } from '@caretrail/platform';
import type { INestApplicationContext } from '@nestjs/common';

/** Where to go, and who can sign in, for the terminal. */
export async function welcome(app: INestApplicationContext): Promise<string> {
  const { host, port, environment } = app.get(Configuration);
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const councils = await app.get(Councils).list();
  const lines = await Promise.all(
    councils.map(async ({ tenant, name, simulated }) => {
      const accounts = await app.get(Accounts).list(tenant);
      const who = accounts.map((account) => `    ${account.role.padEnd(13)} ${account.name}, ${account.post}`);
      return [`  ${name} (${tenant})${simulated ? ', simulated people' : ''}`, ...who].join('\n');
    }),
  );
  return [
    '',
    `Caretrail is ready: ${address}`,
    ...(environment === 'production'
      ? ['Nobody can sign in: local sign-in does not exist in production, and no other way is set up.']
      : ['Sign in without a password, as one of these synthetic accounts (not in production):', ...lines]),
    `API: ${address}/api/openapi.json   Stop: Ctrl-C`,
    '',
  ].join('\n');
}
