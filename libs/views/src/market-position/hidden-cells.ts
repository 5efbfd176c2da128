import { suppress } from '@caretrail/web';
import { Cube } from './cube.js';
import type { ServiceGroupId } from './service-group.js';

type Place = readonly [area?: string, service?: ServiceGroupId];

/**
 * Which cells of a count may not be shown: those of 1 to 4, and so many more that no row or column, its sum included,
 * has one hidden cell alone, which the others would give away. It is decided on all areas and services together, so that
 * what one page hides no narrower page shows. People with two services count in both: the rows are treated as if they
 * added up, which hides rather more than less.
 */
export function hiddenCells(counts: Cube<number>): Cube<true> {
  const hidden = new Cube<true>();
  const areas = [...counts.areas, undefined];
  const services = [...counts.services, undefined];
  const count = (place: Place) => counts.at(...place) ?? 0;
  const isHidden = (place: Place) => hidden.at(...place) === true;
  const hide = ([area, service]: Place) => hidden.set(area, service, true);
  const bySize = (a: Place, b: Place) => count(a) - count(b);

  const lines: readonly (readonly Place[])[] = [
    ...services.map((service) => areas.map((area): Place => [area, service])),
    ...areas.map((area) => services.map((service): Place => [area, service])),
  ];
  for (const place of lines.flat()) if (suppress(count(place)) === '*') hide(place);
  for (let before = -1, now = 0; before !== now; before = now, now = lines.flat().filter(isHidden).length)
    for (const line of lines) {
      if (line.filter(isHidden).length !== 1) continue;
      // The sum, which is last and the largest, only when nothing else is left to hide.
      const second = line.filter((place) => !isHidden(place) && count(place) > 0).sort(bySize)[0];
      if (second) hide(second);
    }
  return hidden;
}
