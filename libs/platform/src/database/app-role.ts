import { Unavailable } from '@caretrail/kernel';
import type pg from 'pg';

interface RoleRow {
  readonly role: string;
  readonly superuser: boolean;
  readonly bypasses: boolean;
  readonly owned: string | null;
}

const question = `
  select role.rolname as role,
         role.rolsuper as superuser,
         exists (select from pg_roles other where other.rolbypassrls and pg_has_role(role.oid, other.oid, 'member')) as bypasses,
         (select min(class.relname::text)
            from pg_class class join pg_namespace namespace on namespace.oid = class.relnamespace
           where class.relkind in ('r', 'p') and namespace.nspname not in ('pg_catalog', 'information_schema')
             and namespace.nspname not like 'pg\\_%'
             and pg_has_role(role.oid, class.relowner, 'member')) as owned
    from pg_roles role where role.rolname = current_user`;

/**
 * Refuses to serve as a role that walks past row-level security: a superuser, one with BYPASSRLS, or an owner of a table
 * (also through another role that it is a member of).
 * @throws Unavailable with what is wrong and how to put it right.
 */
export async function assertAppRole(connection: Pick<pg.Pool, 'query'>): Promise<void> {
  const { rows } = await connection.query<RoleRow>(question);
  const [found] = rows;
  const wrong = !found
    ? 'is not a role of this database'
    : found.superuser
      ? 'is a superuser'
      : found.bypasses
        ? 'has BYPASSRLS'
        : found.owned
          ? `owns the table ${found.owned}`
          : undefined;
  if (!wrong) return;
  throw new Unavailable(
    `The role ${found?.role ?? ''} of DATABASE_URL ${wrong}, and would walk past the rules that keep councils apart. ` +
      "Make a role of its own with `create role caretrail_app login password '…'`, set DATABASE_URL to it, and DATABASE_OWNER_URL to the role that owns the tables.",
    [{ rule: 'app-role', field: 'DATABASE_URL', message: `The role ${wrong}.` }],
  );
}
