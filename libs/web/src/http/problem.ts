import { STATUS_CODES } from 'node:http';
import { CaretrailError, type Fault, unreachable } from '@caretrail/kernel';
import { isConnectionLost } from '@caretrail/platform';
import { HttpException } from '@nestjs/common';
import { ZodError } from 'zod';
import { faultsOfIssues } from './faults.js';

/** RFC 9457 problem details, with the law that stands behind a refusal. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Of the first fault. */
  readonly rule?: string;
  readonly section?: string;
  readonly field?: string;
  readonly faults: readonly Fault[];
}

/** The HTTP status of an error for people. */
export function statusOf(kind: CaretrailError['kind']): number {
  switch (kind) {
    case 'rule':
      return 422;
    case 'invalid':
      return 400;
    case 'conflict':
      return 409;
    case 'not-found':
      return 404;
    case 'forbidden':
      return 403;
    case 'unavailable':
      return 503;
    default:
      return unreachable(kind);
  }
}

const titles: Readonly<Record<number, string>> = {
  400: 'What was sent is not of the expected form',
  401: 'Sign in first',
  403: 'You cannot see this page',
  404: 'Page not found',
  409: 'Somebody else changed this first',
  413: 'What was sent is too large',
  422: 'The rules do not allow this',
  429: 'Too many tries',
  500: 'Something went wrong here',
  503: 'This does not work at the moment',
};

const AWAY =
  'The database is away for a moment. Whether anything was stored is not known. Send it again: with the same Idempotency-Key, or from the same form, it is stored once.';

/** What an error tells its reader. An error that was not made for people tells nothing of itself. */
export function problemOf(error: unknown): Problem {
  if (error instanceof CaretrailError) return problem(statusOf(error.kind), error.message, error.faults, error.kind);
  if (error instanceof ZodError) {
    const faults = faultsOfIssues(error.issues);
    return problem(400, faults.map(({ message }) => message).join(' '), faults, 'invalid');
  }
  if (error instanceof HttpException) {
    const status = error.getStatus();
    return problem(status, status === 404 ? 'There is nothing at this address.' : error.message, []);
  }
  if (error instanceof Error && isConnectionLost(error)) return problem(503, AWAY, [], 'unavailable');
  const status = clientStatusOf(error);
  if (status) return problem(status, titles[status] ?? STATUS_CODES[status] ?? 'The request was refused', []);
  return problem(500, 'Nothing was stored. Try again; if it happens again, tell whoever runs this service.', []);
}

function problem(status: number, detail: string, faults: readonly Fault[], kind?: string): Problem {
  const first = faults[0];
  return {
    type: kind ? `urn:caretrail:problem:${kind}` : 'about:blank',
    title: titles[status] ?? STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    ...(first && { rule: first.rule }),
    ...(first?.section && { section: first.section }),
    ...(first?.field && { field: first.field }),
    faults,
  };
}

/** Fastify's own refusals (a body too large, a type it does not read) carry a status of the client's errors. */
function clientStatusOf(error: unknown): number | undefined {
  const status: unknown = error instanceof Error ? Reflect.get(error, 'statusCode') : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}
