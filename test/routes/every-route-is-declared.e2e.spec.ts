import { ACCESS_POLICY, type AccessPolicy, ROLES, type Role } from '@caretrail/access';
import { DEMONSTRATION } from '@caretrail/simulation';
import { OTHERBURY } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { type Caller, type House, startHouse } from '../e2e/house.js';
import { garbageFor, garbageForms, type Schema } from './garbage.js';

interface Route {
  readonly method: string;
  /** As declared, with parameters: `/people/:id`. */
  readonly path: string;
  readonly policy: AccessPolicy | undefined;
}

interface OpenApi {
  readonly paths: Readonly<
    Record<string, { post?: { requestBody?: { content?: Record<string, { schema?: Schema }> } } }>
  >;
}

/** Signed out as well as signed in; whoever adds one says so here. */
const PUBLIC = [
  'GET /',
  'GET /about-figures',
  'GET /accessibility',
  'GET /api/openapi.json',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /sign-in',
  'POST /api/sessions',
  'POST /sign-in',
  'POST /sign-out',
];
/** Where the session is made and ended, which the others need. */
const SIGNING = ['/api/sessions', '/sign-in', '/sign-out'];
/** Served by the web server itself, before any guard: the same for everybody. */
const ASSETS = ['GET /assets/caretrail.css', 'GET /assets/caretrail.js', 'GET /assets/fonts/*'];
/** Named by a word that every council has, not by an id: each sees its own. */
const OF_EVERY_COUNCIL = ['/rulebooks/:id', '/api/rulebooks/:id', '/operations/views/:id'];
const NOBODY = '00000000-0000-4000-8000-000000000000';

describe('every route', () => {
  let house: House;
  let routes: readonly Route[];
  const callers = new Map<Role, Caller>();

  beforeAll(async () => {
    house = await startHouse({ demonstration: true });
    routes = declaredRoutes(house);
    const personId = await personOf(house);
    for (const role of ROLES) callers.set(role, await house.as(role === 'person' ? `person/${personId}` : role));
  });
  afterAll(() => house?.stop());

  const gets = () => routes.filter(({ method }) => method === 'GET');
  const named = ({ method, path }: Pick<Route, 'method' | 'path'>) => `${method} ${path}`;

  it('that is registered is one of a controller or an asset', () => {
    const declared = routes.map(named);
    const registered = registeredRoutes(house);
    expect(registered.length).toBeGreaterThan(50);
    expect(registered.filter((route) => !declared.includes(route))).toEqual(ASSETS);
    expect(declared.filter((route) => !registered.includes(route))).toEqual([]);
  });

  it('says who may use it', () => {
    expect(routes.filter(({ policy }) => policy === undefined).map(named)).toEqual([]);
  });

  it('that is public is known to be', () => {
    const open = routes.filter(({ policy }) => policy === 'public').map(named);
    expect(open.sort()).toEqual(PUBLIC);
  });

  it('asks whoever has not signed in to do so, and is never lost', async () => {
    const wrong: string[] = [];
    for (const route of routes.filter(({ method }) => method === 'GET' || method === 'POST')) {
      if (PUBLIC.includes(named(route)) && route.method === 'POST') continue;
      for (const path of await addressesOf(route)) {
        const { status, headers } = await signedOut(route.method, path);
        const isApi = path.startsWith('/api/');
        const toSignIn = status >= 300 && status < 400 && (headers.get('location') ?? '').startsWith('/sign-in');
        const expected = route.policy === 'public' ? status < 400 : isApi ? status === 401 : toSignIn || status === 401;
        if (!expected) wrong.push(`${route.method} ${path}: ${status} ${headers.get('location') ?? ''}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('answers what nobody should send with what was wrong, never with an error of its own', async () => {
    const { body: api } = await callers.get('analyst')!.get<OpenApi>('/api/openapi.json');
    const wrong: string[] = [];
    for (const route of routes.filter(({ method, path }) => method === 'POST' && !SIGNING.includes(path))) {
      const { policy } = route;
      const roles = policy === 'public' || !policy?.length ? ROLES : policy;
      const isApi = route.path.startsWith('/api/');
      for (const path of await addressesOf(route)) {
        const of = (role: Role) => async (body: string) => {
          const { status, headers } = await sent(role, path, body, isApi);
          const explained = !isApi || status < 400 || headers.get('content-type')?.includes('problem+json');
          if (status >= 500 || !explained) wrong.push(`${role} POST ${path}: ${status} for ${body.slice(0, 100)}`);
        };
        const role = roles[0]!;
        const schema = api.paths[route.path.replaceAll(/:(\w+)/g, '{$1}')]?.post?.requestBody?.content;
        const garbage = isApi
          ? garbageFor(schema?.['application/json']?.schema)
          : garbageForms((await callers.get(role)!.get<unknown>(path)).body);
        const others = roles.slice(1).map((other) => of(other)(garbage.at(-1)!));
        await Promise.all(path.includes(NOBODY) ? [of(role)(garbage.at(-1)!), ...others] : garbage.map(of(role)));
      }
    }
    expect(wrong).toEqual([]);
  });

  it('opens to the roles it names, is closed to the others, and is never lost', async () => {
    const wrong: string[] = [];
    for (const route of gets())
      for (const path of await addressesOf(route))
        for (const [role, caller] of callers) {
          const { status, body, headers } = await caller.get<unknown>(path);
          const isPage = headers.get('content-type')?.startsWith('text/html');
          if (isPage && String(body).includes('<script>alert')) wrong.push(`${role} ${path}: shows words as script`);
          const policy = route.policy ?? [];
          const mayOpen = policy === 'public' || !policy.length || policy.includes(role);
          // One that may open it can still be told that nothing of this id is theirs to see.
          const expected = mayOpen
            ? status < 400 || path.includes(NOBODY) || [403, 404].includes(status)
            : status === 403;
          if (!expected || status >= 500) wrong.push(`${role} ${path}: ${status}`);
          if (mayOpen && !route.path.includes(':') && status >= 400) wrong.push(`${role} ${path}: ${status}`);
        }
    expect(wrong).toEqual([]);
  });

  it('with an id, opens for somebody when the id is of something', async () => {
    const opened = new Set<string>();
    for (const route of gets().filter(({ path }) => path.includes(':')))
      for (const path of await addressesOf(route))
        for (const caller of callers.values()) if ((await caller.get(path)).status === 200) opened.add(route.path);
    expect([...opened].sort()).toEqual(
      gets()
        .map(({ path }) => path)
        .filter((path) => path.includes(':'))
        .sort(),
    );
  });

  it('with an id, shows nothing of one council to the same role of another', async () => {
    const elsewhere = new Map<Role, Caller>();
    for (const role of ROLES) if (role !== 'person') elsewhere.set(role, await house.as(role, OTHERBURY));
    const wrong: string[] = [];
    for (const route of gets().filter(({ path }) => path.includes(':') && !OF_EVERY_COUNCIL.includes(path)))
      for (const path of await addressesOf(route))
        for (const [role, caller] of elsewhere) {
          const { status } = await caller.get(path);
          if (status !== 403 && status !== 404) wrong.push(`${role} ${path}: ${status}`);
        }
    expect(wrong).toEqual([]);
  });

  it('takes an id that is none, and a day that is none, for what they are', async () => {
    const wrong: string[] = [];
    for (const route of gets())
      for (const [role, caller] of callers) {
        const { policy } = route;
        if (policy !== 'public' && policy?.length && !policy.includes(role)) continue;
        const path = `${route.path.replaceAll(/:\w+/g, "it's")}?effective=31-02-2025&known=x&page=-1&page=2&type=%00&at=999999999999999999999`;
        const { status } = await caller.get(path);
        if (status >= 500) wrong.push(`${role} ${path}: ${status}`);
      }
    expect(wrong).toEqual([]);
  });

  const sent = (role: Role, path: string, body: string, isApi: boolean) =>
    fetch(new URL(path, house.address), {
      method: 'POST',
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${callers.get(role)!.token}`,
        'content-type': isApi ? 'application/json' : 'application/x-www-form-urlencoded',
      },
      body,
    });

  const signedOut = (method: string, path: string) =>
    fetch(new URL(path, house.address), {
      method,
      redirect: 'manual',
      ...(method === 'POST' && { headers: { 'content-type': 'application/json' }, body: '{}' }),
    });

  /** The path with an id of nobody, and with one of what the demonstration has. */
  async function addressesOf({ path }: Route): Promise<string[]> {
    if (path === '/market-position.csv') return [`${path}?table=areas`];
    if (!path.includes(':')) return [path];
    const known = await knownIds();
    const kind = Object.keys(known).find((prefix) => path.replace('/api/', '/').startsWith(`/${prefix}/`));
    if (!kind) throw new Error(`Say here of which id ${path} is.`);
    const decision = path.includes(':event') ? await decisionAboutPerson() : '';
    if (path.includes(':adult')) {
      const { concernId, adult } = await protectionPlan();
      return [NOBODY, concernId].map((id) => path.replace(':id', id).replace(':adult', adult));
    }
    return [NOBODY, ...known[kind]!].map((id) => path.replace(':id', id).replace(':event', decision));
  }

  /** Of the person whose record is looked at. */
  async function decisionAboutPerson(): Promise<string> {
    const [decision] = await house.platform.database.inTenant(DEMONSTRATION.tenant, async (manager) =>
      manager.query<{ id: string }[]>(
        `select id::text from event where type = 'assessment.assessment-completed.v1' and data->>'personId' = $1 limit 1`,
        [await personOf(house)],
      ),
    );
    return decision!.id;
  }

  /** One that was agreed with an adult of a concern. */
  async function protectionPlan(): Promise<{ concernId: string; adult: string }> {
    const [agreed] = await house.platform.database.inTenant(DEMONSTRATION.tenant, (manager) =>
      manager.query<{ concernId: string; adult: string }[]>(
        `select data->>'concernId' as "concernId", data->>'adult' as adult from event
           where type = 'safeguarding.protection-plan-agreed.v1' limit 1`,
      ),
    );
    return agreed!;
  }

  let ids: Promise<Record<string, readonly string[]>> | undefined;
  const knownIds = () => (ids ??= findIds());

  async function findIds(): Promise<Record<string, readonly string[]>> {
    const rows = await house.platform.database.inTenant(DEMONSTRATION.tenant, (manager) =>
      manager.query<{ stream: string; id: string }[]>(
        `(select distinct on (left(stream, -37)) stream, id::text from event
           where type not like 'people.person%' order by left(stream, -37), position desc)`,
      ),
    );
    const ofStream = (category: string) =>
      rows.filter(({ stream }) => stream.startsWith(`${category}-`)).map(({ stream }) => stream.slice(-36));
    const eventsOf = rows.map(({ id }) => id);
    const people = await personOf(house);
    const assessments = [await offeredAssessment(people)];
    const { fileId, serviceId } = await importedDirectory();
    return {
      people: [people],
      assessments,
      'self-assessments': assessments,
      requests: ofStream('assessment.contact-episode'),
      'urgent-needs': [await urgentNeed(people)],
      concerns: ofStream('safeguarding.concern'),
      allocations: ofStream('budgets.allocation'),
      'personal-budgets': ofStream('budgets.personal-budget'),
      rulebooks: ['adults', 'carers'],
      upratings: [await publishedUprating()],
      'direct-payment-accounts': [await directPaymentAccount()],
      'support-plans': ofStream('planning.support-plan'),
      imports: ofStream('returns.cld-file'),
      directory: [serviceId],
      'directory-imports': [fileId],
      specifications: [await openedSpecification()],
      'operations/views': ['market-position'],
      events: eventsOf.slice(0, 3),
    };
  }

  async function publishedUprating(): Promise<string> {
    const list = {
      name: 'Fees',
      of: 'prices of care and support',
      inForceFrom: '2025-04-01',
      effectiveOn: '2025-03-16',
    };
    const { body } = await callers.get('commissioner')!.post<{ upratingId: string }>('/api/upratings', list);
    return body.upratingId;
  }

  async function openedSpecification(): Promise<string> {
    const opening = { title: 'Home support', component: 'Home support or domiciliary care', purpose: 'At home.' };
    const { body } = await callers
      .get('commissioner')!
      .post<{ specificationId: string }>('/api/specifications', opening);
    return body.specificationId;
  }

  /** A file of one service. */
  async function importedDirectory() {
    const serviceId = 'ac148810-d857-441c-9679-408f346de14b';
    const directory = [{ id: serviceId, name: 'Lunch club', status: 'active', organization: { name: 'Age Together' } }];
    const { body } = await callers
      .get('commissioner')!
      .post<{ fileId: string }>('/api/directory-imports', { directory });
    return { serviceId, fileId: body.fileId };
  }

  /** One that can still be answered. */
  async function offeredAssessment(personId: string): Promise<string> {
    const offer = { effectiveOn: '2026-01-05', personId, subject: 'adult' };
    const practitioner = callers.get('practitioner')!;
    const { body } = await practitioner.post<{ assessmentId: string }>('/api/assessment-offers', offer);
    return body.assessmentId;
  }

  async function urgentNeed(personId: string): Promise<string> {
    const need = {
      effectiveOn: '2026-01-05',
      personId,
      needs: ['nutrition'],
      provided: 'Meals from tonight.',
      reasons: 'A fall this morning.',
      leftForLater: ['assessment of needs'],
      lookAgainOn: '2026-01-12',
    };
    const { body } = await callers.get('practitioner')!.post<{ urgentNeedId: string }>('/api/urgent-needs', need);
    return body.urgentNeedId;
  }

  /** The demonstration has none: one for an allocation with a budget. */
  async function directPaymentAccount(): Promise<string> {
    const [allocated] = await house.platform.database.inTenant(DEMONSTRATION.tenant, (manager) =>
      manager.query<{ id: string }[]>(
        "select right(stream, 36) as id from event where type = 'budgets.budget-allocated.v1' limit 1",
      ),
    );
    const opening = { effectiveOn: '2026-01-05', allocationId: allocated!.id, receivedBy: 'the person' };
    const finance = callers.get('finance')!;
    const { body } = await finance.post<{ accountId: string }>('/api/direct-payment-accounts', opening);
    return body.accountId;
  }
});

/** Of every handler of every controller, with the policy that the guard will find. */
function declaredRoutes({ app }: House): Route[] {
  const found: Route[] = [];
  for (const module of app.get(ModulesContainer).values())
    for (const { metatype } of module.controllers.values()) {
      const controller = metatype as new () => object;
      for (const name of Object.getOwnPropertyNames(controller.prototype)) {
        const handler = (controller.prototype as Record<string, unknown>)[name];
        if (name === 'constructor' || typeof handler !== 'function' || !Reflect.hasMetadata(PATH_METADATA, handler))
          continue;
        const policy = [handler, controller]
          .map((target) => Reflect.getMetadata(ACCESS_POLICY, target) as AccessPolicy | undefined)
          .find((each) => each !== undefined);
        const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number]!;
        for (const prefix of pathsOf(controller))
          for (const path of pathsOf(handler))
            found.push({ method, path: `/${[prefix, path].filter(Boolean).join('/')}`, policy });
      }
    }
  return found;
}

function pathsOf(target: object): string[] {
  const paths = Reflect.getMetadata(PATH_METADATA, target) as string | string[];
  return [paths].flat().map((path) => path.replace(/^\/|\/$/g, ''));
}

/** What the web server really answers: `GET /people/:id`, without the HEAD that every GET brings. */
function registeredRoutes({ app }: House): string[] {
  const tree = app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  const found: string[] = [];
  const open: string[] = [];
  for (const line of tree.split('\n')) {
    const [, indent, path, methods] =
      /^([│ ├└─]*)(\S*) ?\(([A-Z, ]+)\)$/.exec(line) ?? /^([│ ├└─]*)(\S+)()$/.exec(line) ?? [];
    if (indent === undefined || path === undefined) continue;
    const depth = Math.round(indent.length / 4);
    open.splice(Math.max(depth - 1, 0));
    const whole = open.join('') + path;
    open.push(path);
    for (const method of (methods ?? '').split(', ').filter((each) => each && each !== 'HEAD'))
      found.push(`${method} ${whole}`);
  }
  // The printed tree forgets in which folder a wildcard is; the router itself knows.
  const server = app.getHttpAdapter().getInstance();
  const fonts = ASSETS.at(-1)!.replace('GET ', '');
  const has = (url: string) => server.hasRoute({ url, method: 'GET' });
  const routes = found.map((route) => (route === 'GET /*' && !has('/*') && has(fonts) ? `GET ${fonts}` : route));
  return [...new Set(routes)].sort();
}

async function personOf({ app }: House): Promise<string> {
  const { DemonstrationCouncil } = await import('@caretrail/simulation');
  return (await app.get(DemonstrationCouncil).whoSignsIn())[0]!.personId;
}
