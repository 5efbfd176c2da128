import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const govuk = dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json'));

/** Where templates are looked for, in this order. */
const folders = new Set([join(import.meta.dirname, '../views'), join(govuk, 'dist')]);

/**
 * Lets pages be rendered from a folder of templates: `registerTemplates(join(import.meta.dirname, 'views'))`, at the top
 * of the file that renders them. Templates begin with `{% extends "layout.njk" %}`; their names are unique.
 */
export function registerTemplates(folder: string): void {
  folders.add(folder);
}

export const templateFolders = (): string[] => [...folders];
