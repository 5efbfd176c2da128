import { resolve } from 'node:path';
import { Unavailable } from '@caretrail/kernel';
import { z } from 'zod';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const demonstrations = ['whole', 'small', 'none'] as const;
const MASTER_KEY_BYTES = 32;
const SEALING_KEY_BYTES = 32;
const SESSION_SECRET_LENGTH = 32;

const postgresUrl = (variable: string, role: string) =>
  z
    .string()
    .refine((text) => URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol), {
      error: `${variable} is not a PostgreSQL address. Write it as postgres://${role}:password@host:5432/caretrail, or leave it out to use the embedded PostgreSQL.`,
    })
    .refine((text) => !URL.canParse(text) || new URL(text).username !== '', {
      error: `${variable} names no role. Write it as postgres://${role}:password@host:5432/caretrail.`,
    });

const environment = z.object({
  DATABASE_URL: postgresUrl('DATABASE_URL', 'caretrail_app').optional(),
  DATABASE_OWNER_URL: postgresUrl('DATABASE_OWNER_URL', 'caretrail_owner').optional(),
  DATA_DIR: z.string().default('.data'),
  PORT: z
    .string()
    .default('3000')
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, {
      error: 'PORT is not a port number. Give a whole number from 0 to 65535, or leave it out for 3000.',
    }),
  HOST: z
    .string()
    .default('127.0.0.1')
    .refine((text) => /^[\w.:-]+$/.test(text), {
      error: 'HOST is not an address to listen on. Give an IP address or a host name, or leave it out for 127.0.0.1.',
    }),
  NODE_ENV: z
    .enum(['production', 'development', 'test'], {
      error: 'NODE_ENV is not known. Set it to production, development or test, or leave it out for development.',
    })
    .default('development'),
  MASTER_KEY: z
    .string()
    .refine(
      (text) => /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) && Buffer.from(text, 'base64').length === MASTER_KEY_BYTES,
      {
        error:
          'MASTER_KEY is not 32 bytes in base64. Make one with `openssl rand -base64 32`; a key that was used before must stay the same, because personal fields cannot be read without it.',
      },
    )
    .optional(),
  SEALING_KEY: z
    .string()
    .refine(
      (text) => /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) && Buffer.from(text, 'base64').length === SEALING_KEY_BYTES,
      {
        error:
          'SEALING_KEY is not 32 bytes in base64. Make one with `openssl rand -base64 32`; it signs what the history came to, so keep it where nobody who can write to the database can read it.',
      },
    )
    .optional(),
  SESSION_SECRET: z
    .string()
    .refine((text) => text.length >= SESSION_SECRET_LENGTH, {
      error: 'SESSION_SECRET is shorter than 32 characters. Make one with `openssl rand -base64 32`.',
    })
    .optional(),
  LOG_LEVEL: z
    .enum(logLevels, { error: `LOG_LEVEL is not known. Set it to one of ${logLevels.join(', ')}.` })
    .default('info'),
  DEMONSTRATION: z
    .enum(demonstrations, {
      error: `DEMONSTRATION is not known. Set it to one of ${demonstrations.join(', ')}, or leave it out for whole.`,
    })
    .default('whole'),
});

/** Everything that the environment decides, checked once at the start; the class is the token to inject it by. */
export abstract class Configuration {
  /** Of the role that services connect as; none: the embedded PostgreSQL. */
  abstract readonly databaseUrl?: string;
  /** Of the role that owns the tables; only migrations use it. */
  abstract readonly databaseOwnerUrl?: string;
  /** Absolute path of the folder for the embedded PostgreSQL, secrets and reports. */
  abstract readonly dataDir: string;
  abstract readonly port: number;
  abstract readonly host: string;
  abstract readonly environment: 'production' | 'development' | 'test';
  /** 32 bytes, base64: wraps the keys that personal fields are encrypted under. */
  abstract readonly masterKey?: string;
  /** 32 bytes, base64: the Ed25519 key that signs checkpoints of the history. */
  abstract readonly sealingKey?: string;
  abstract readonly sessionSecret?: string;
  abstract readonly logLevel: (typeof logLevels)[number];
  /** How much of a demonstration council a first start makes; none in production. */
  abstract readonly demonstration: (typeof demonstrations)[number];
}

/**
 * Reads the configuration from environment variables; an empty variable counts as absent.
 * @throws Unavailable with one sentence for each variable that is wrong; values are never repeated, they may be secret.
 */
export function loadConfiguration(env: Readonly<Record<string, string | undefined>> = process.env): Configuration {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const { success, data, error } = environment.safeParse(given);
  if (!success) throw refusal(error.issues.map((issue) => ({ field: String(issue.path[0]), message: issue.message })));
  const missing = [
    ...(data.NODE_ENV === 'production' ? requiredInProduction(data) : []),
    ...(data.DATABASE_OWNER_URL && !data.DATABASE_URL
      ? [
          {
            field: 'DATABASE_URL',
            message:
              'DATABASE_OWNER_URL is set without DATABASE_URL. Set DATABASE_URL to the address of the role that services connect as, or leave both out.',
          },
        ]
      : []),
  ];
  if (missing.length) throw refusal(missing);
  return {
    ...(data.DATABASE_URL && { databaseUrl: data.DATABASE_URL }),
    ...(data.DATABASE_OWNER_URL && { databaseOwnerUrl: data.DATABASE_OWNER_URL }),
    dataDir: resolve(data.DATA_DIR),
    port: Number(data.PORT),
    host: data.HOST,
    environment: data.NODE_ENV,
    ...(data.MASTER_KEY && { masterKey: data.MASTER_KEY }),
    ...(data.SEALING_KEY && { sealingKey: data.SEALING_KEY }),
    ...(data.SESSION_SECRET && { sessionSecret: data.SESSION_SECRET }),
    logLevel: data.LOG_LEVEL,
    demonstration: data.NODE_ENV === 'production' ? 'none' : data.DEMONSTRATION,
  };
}

function requiredInProduction(data: z.infer<typeof environment>) {
  return (['MASTER_KEY', 'SEALING_KEY', 'SESSION_SECRET'] as const)
    .filter((variable) => !data[variable])
    .map((variable) => ({
      field: variable,
      message: `${variable} is missing, and NODE_ENV is production. Make one with \`openssl rand -base64 32\`, keep it where your other secrets are, and set ${variable}.`,
    }));
}

function refusal(found: readonly { field: string; message: string }[]): Unavailable {
  return new Unavailable(
    found.map(({ message }) => message).join(' '),
    found.map((fault) => ({ rule: 'configuration', ...fault })),
  );
}
