import { Unavailable } from '@caretrail/kernel';

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : '';
}

/** What TypeORM throws where a unit of work goes on after its connection broke and was let go. */
const LET_GO = ['QueryRunnerAlreadyReleasedError', 'QueryRunnerProviderAlreadyReleasedError'];

/** True when the server went away or is not there (yet), and not when it answered that something is wrong. */
export function isConnectionLost(error: unknown): boolean {
  const code = codeOf(error);
  return (
    /^(57P0[123]|08\d{3}|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/.test(code) ||
    LET_GO.includes((error as Error).name) ||
    /timeout expired|connection (was )?(terminated|closed)|client (was closed|has encountered a connection error|is not queryable)/i.test(
      (error as Error).message,
    )
  );
}

/**
 * A sentence for an error that a connection to a PostgreSQL of somebody's own ended in; without role's password.
 * @returns the error itself when it is of another kind
 */
export function explainConnection(
  error: unknown,
  variable: 'DATABASE_URL' | 'DATABASE_OWNER_URL',
  url: string,
): unknown {
  const { hostname, port, pathname, username } = new URL(url);
  const place = `${hostname}:${port || '5432'}`;
  const code = codeOf(error);
  const wrong =
    code === '28P01' || code === '28000'
      ? `PostgreSQL at ${place} does not let the role ${username} in. Check the password in ${variable}.`
      : code === '3D000'
        ? `PostgreSQL at ${place} has no database ${pathname.slice(1)}. Create it, or correct ${variable}.`
        : code === 'ENOTFOUND' || code === 'EAI_AGAIN'
          ? `No machine is called ${hostname}. Correct ${variable}.`
          : isConnectionLost(error) || error instanceof AggregateError
            ? `No PostgreSQL answers at ${place}. Start it, correct ${variable}, or leave it out to use the embedded one.`
            : undefined;
  return wrong ? new Unavailable(wrong, [{ rule: 'configuration', field: variable, message: wrong }]) : error;
}
