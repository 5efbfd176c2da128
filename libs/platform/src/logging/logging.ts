import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { RequestMethod } from '@nestjs/common';
import type { Params } from 'nestjs-pino';
import type { DestinationStream } from 'pino';
import type { Options } from 'pino-http';
import type { Configuration } from '../configuration.js';

const REQUEST_ID = /^[\w.-]{8,64}$/;

interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly constraint?: string;
  readonly stack?: string;
}

/**
 * Structured logs in which nobody can be found: a request is its id, method, path and status, never its query string,
 * body, cookies or authorization. The id is Fastify's, see `requestIds`.
 * @param destination where the lines go; standard output when left out
 */
export function loggingOptions(
  configuration: Pick<Configuration, 'logLevel'>,
  destination?: DestinationStream,
): Params {
  const options: Options = {
    level: configuration.logLevel,
    // Serializers that pick, and not a list of what to leave out: what nobody thought of is not logged.
    serializers: {
      req: (request: { id: unknown; method: unknown; url?: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url?.split('?')[0],
      }),
      res: (response: { statusCode: unknown }) => ({ statusCode: response.statusCode }),
      err: describeError,
    },
    wrapSerializers: true,
    autoLogging: { ignore: (request: IncomingMessage) => request.url?.startsWith('/health/') ?? false },
    customLogLevel: (_request: IncomingMessage, response: ServerResponse, error?: Error) =>
      error || response.statusCode >= 500 ? 'error' : response.statusCode >= 400 ? 'warn' : 'info',
  };
  // The package's own pattern for every path matches none of Fastify's.
  const everywhere = [{ path: '/{*path}', method: RequestMethod.ALL }];
  return { pinoHttp: destination ? [options, destination] : options, forRoutes: everywhere };
}

/** Options for `new FastifyAdapter(…)`: a request keeps the `x-request-id` that it came with, or gets a UUID. */
export const requestIds = {
  genReqId: (request: { readonly headers: IncomingMessage['headers'] }): string => {
    const given = request.headers['x-request-id'];
    return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
  },
};

/**
 * What may be logged of an error. The message of the database and of a JSON parser quotes the value that it did not
 * like, and TypeORM's error carries all parameters: of these only the kind is kept.
 */
export function describeError(given: unknown): LoggedError {
  const error = rawError(given);
  const { code, constraint, driverError } = error as Error & {
    code?: unknown;
    constraint?: unknown;
    driverError?: { code?: unknown; constraint?: unknown };
  };
  const sqlState = code ?? driverError?.code;
  const quotes = driverError !== undefined || 'severity' in error || error instanceof SyntaxError;
  const message = quotes ? 'message withheld: it may quote a value' : error.message;
  return {
    type: error.name,
    message,
    ...(typeof sqlState === 'string' && { code: sqlState }),
    ...(typeof (constraint ?? driverError?.constraint) === 'string' && {
      constraint: String(constraint ?? driverError?.constraint),
    }),
    ...(error.stack && { stack: quotes ? framesOf(error.stack) : error.stack }),
  };
}

/** pino hands serializers its own copy of the error, with the error itself below `raw`. */
function rawError(given: unknown): Error {
  const raw = (given as { raw?: unknown } | undefined)?.raw ?? given;
  return raw instanceof Error
    ? raw
    : new Error(typeof raw === 'string' ? raw : 'something that is no error was thrown');
}

const framesOf = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
