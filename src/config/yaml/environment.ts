/**
 * `${NAME}` and `${NAME:-default}` inside one value. What comes out is text and never YAML; `$${` stands for `${` itself.
 * As in a shell, the default also stands in for an empty variable. Values are secrets: no message holds one.
 */

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Substitution {
  readonly text: string;
  /** Names of the variables that were read. */
  readonly variables: readonly string[];
  readonly mistakes: readonly {
    /** How the place begins in the text, to find its line. */
    readonly found: string;
    readonly message: string;
  }[];
}

/** A default ends at the first `}` and holds no `$`: so the search stays linear, and nesting is seen as the mistake it is. */
const REFERENCE = /\$\$\{|\$\{([A-Za-z_]\w*)(:-([^}$]*))?\}|\$\{/g;

/** Replaces every reference in a value as YAML read it. */
export function substitute(value: string, environment: Environment): Substitution {
  const variables: string[] = [];
  const mistakes: { found: string; message: string }[] = [];
  const text = value.replace(REFERENCE, (found: string, name?: string, _?: string, otherwise?: string) => {
    if (found === '$${') return '${';
    if (name === undefined) {
      mistakes.push({
        found,
        message: 'this "${" begins no variable: write ${NAME} or ${NAME:-default}, or $${ for the characters',
      });
      return found;
    }
    variables.push(name);
    const given = Object.hasOwn(environment, name) ? environment[name] : undefined;
    if (otherwise !== undefined) return given === undefined || given === '' ? otherwise : given;
    if (given !== undefined) return given;
    mistakes.push({
      found,
      message: `the environment variable ${name} is not set. Set it, or give a default: \${${name}:-…}`,
    });
    return found;
  });
  return { text, variables, mistakes };
}
