import { type Fault, InvalidInput } from '@caretrail/kernel';
import { StandardSchemaValidationPipe } from '@nestjs/common';

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** The issues of a schema as faults: the rule is `input-shape`, the field is the path. Values are never repeated. */
export function faultsOfIssues(issues: readonly Issue[]): Fault[] {
  return issues.map(({ message, path }) => {
    const field = path?.map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
    return { rule: 'input-shape', message, ...(field && { field }) };
  });
}

/**
 * Checks whatever declares a schema, and hands the handler what the schema made of it:
 * `@Body({ schema: z.strictObject({ … }) }) body: z.infer<…>`; the schema reaches OpenAPI as well. `setUpWeb` makes it global.
 */
export const schemaValidation = (): StandardSchemaValidationPipe =>
  new StandardSchemaValidationPipe({ exceptionFactory: (issues) => new InvalidInput(faultsOfIssues(issues)) });
