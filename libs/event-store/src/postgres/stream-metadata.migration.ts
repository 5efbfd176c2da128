import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is said of streams as a whole. Each time all of it is said anew, in a row of its own; what was said before stays.
 * The primary key lets one of two through who say something of the same version.
 */
export class StreamMetadata1764000140000 implements MigrationInterface {
  readonly name = 'StreamMetadata1764000140000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table stream_metadata (
        tenant text not null,
        stream text collate "C" not null,
        version int not null check (version > 0),
        metadata json not null,
        recorded_at timestamptz not null default clock_timestamp(),
        primary key (tenant, stream, version)
      )`);
    await runner.query(`
      alter table stream_metadata enable row level security;
      alter table stream_metadata force row level security;
      create policy stream_metadata_tenant on stream_metadata
        using (tenant = current_setting('app.tenant', true)) with check (tenant = current_setting('app.tenant', true))`);
    await runner.query(`
      create trigger stream_metadata_is_kept before update or delete or truncate on stream_metadata
      for each statement execute function refuse_change()`);
    await runner.query(`
      do $$
      declare role_name text;
      begin
        for role_name in select distinct grantee from information_schema.role_table_grants
          where table_schema = current_schema() and table_name = 'stream_metadata' and grantee not in (current_user, 'PUBLIC')
        loop
          execute format('revoke update, delete, truncate, references, trigger on stream_metadata from %I', role_name);
        end loop;
      end $$`);
    await runner.query(`
      create function metadata_of_stream(council text, named text, out said_version int, out said json) language plpgsql stable as $$
      begin
        perform set_config('app.tenant', council, true);
        select m.version, m.metadata into said_version, said
          from stream_metadata m where m.tenant = council and m.stream = named order by m.version desc limit 1;
        said_version := coalesce(said_version, 0);
        said := coalesce(said, '{}');
      end $$`);
    // Expected: a version, -1 for any, -2 for one that exists. Said again, it is what was said, whatever was expected.
    await runner.query(`
      create function say_of_stream(council text, named text, saying json, expected int, out said_version int, out fits boolean)
        language plpgsql as $$
      declare said json;
      begin
        loop
          select m.said_version, m.said into said_version, said from metadata_of_stream(council, named) m;
          fits := saying::text = said::text;
          if fits then return; end if;
          fits := case expected when -1 then true when -2 then said_version > 0 else said_version = expected end;
          if not fits then return; end if;
          insert into stream_metadata (tenant, stream, version, metadata) values (council, named, said_version + 1, saying)
            on conflict do nothing;
          if found then
            said_version := said_version + 1;
            return;
          end if;
        end loop;
      end $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function say_of_stream, metadata_of_stream');
    await runner.query('drop table stream_metadata');
  }
}
