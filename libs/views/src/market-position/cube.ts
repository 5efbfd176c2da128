import type { ServiceGroupId } from './service-group.js';

/**
 * Figures by area and by service at once. A cell without a service is about all services together, one without an area
 * about all areas, one without both about everything.
 */
export class Cube<Value> {
  private readonly cells = new Map<string, Value>();
  private readonly areaNames = new Set<string>();
  private readonly serviceIds = new Set<ServiceGroupId>();

  at(area?: string, service?: ServiceGroupId): Value | undefined {
    return this.cells.get(keyOf(area, service));
  }

  set(area: string | undefined, service: ServiceGroupId | undefined, value: Value): this {
    this.cells.set(keyOf(area, service), value);
    if (area !== undefined) this.areaNames.add(area);
    if (service !== undefined) this.serviceIds.add(service);
    return this;
  }

  /** Areas that any cell is about. */
  get areas(): readonly string[] {
    return [...this.areaNames];
  }

  get services(): readonly ServiceGroupId[] {
    return [...this.serviceIds];
  }
}

const keyOf = (area?: string, service?: ServiceGroupId): string => JSON.stringify([area ?? null, service ?? null]);
