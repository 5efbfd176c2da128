import { readdirSync } from 'node:fs';

/** Acts and regulations by section, guidance by chapter or paragraph, and the standards of the data that is exchanged. */
const CITATION =
  /\bAct \d{4} (?:s|Part )\d|\bRegs reg \d|\bSI \d{4}\/\d|\bArticle \d|\b[Gg]uidance,? (?:ch\. |chapter )?\d|^Client Level Data, |^Open Referral UK \d/;

/**
 * The rules of a context that cite no law, sorted by name: of all lists of policies that its deciders and policies export.
 * @param domain the folder of the deciders
 * @param load imports a module by its path from there, `./person/person.policies.js`
 */
export async function rulesWithoutLaw(domain: string, load: (module: string) => Promise<object>): Promise<string[]> {
  const sources = readdirSync(domain, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(?:policies|decider)\.ts$/.test(file),
  );
  const modules: object[] = [];
  // One after another: jest does not always link modules that are imported at once and share what they import.
  for (const file of sources) modules.push(await load(`./${file.replace(/\.ts$/, '.js')}`));
  const rules = modules.flatMap((module) => (Object.values(module) as unknown[]).flat()).filter(isRule);
  if (!rules.length) throw new Error(`No list of policies is exported below ${domain}.`);
  return [...new Set(rules.filter(({ section }) => !CITATION.test(section ?? '')).map(({ rule }) => rule))].sort();
}

const isRule = (value: unknown): value is { readonly rule: string; readonly section?: string } =>
  typeof value === 'object' && value !== null && 'rule' in value && 'check' in value;
