/**
 * What the engine says of a request, without the values that it repeats: one of them may be a secret that was put in
 * a wrong place (automations, section 5). Names of fields and types stay: clients tell old servers by them.
 */
export function withoutValues(message: string): string {
  const [, variable, rest] = /^(Variable "\$\w+") got invalid value (.*)$/s.exec(message) ?? [];
  if (variable === undefined || rest === undefined) return withoutLiterals(message);
  const why = REASONS.map((reason) => reason.exec(rest)?.[1]).find((found) => found !== undefined);
  return `${variable} got an invalid value${why === undefined ? '' : `: ${why}`}`;
}

/** Ends of a message that hold only names, wherever the value before them ends. */
const REASONS = [
  /; (an? [a-z]{1,20} was expected)$/,
  /; (Field "\w{1,64}" (?:is not defined by type|of required type) "[^"]*"(?: was not provided)?\.)(?: Did you mean [^?]*\?)?$/,
  /; (Expected (?:non-nullable )?type "[^"]*" (?:not to be null|to be an object)\.)$/,
  /; (\w{1,64} must be a string(?: in ISO 8601)?)$/,
  /; (\w{1,64} cannot represent (?:a )?[\w -]{1,40})(?: value)?: .*$/s,
];

/** Refusals of literals, and syntax errors, which name the token that they met. */
function withoutLiterals(message: string): string {
  return message
    .replace(/(cannot represent [^:]*): .*/s, '$1')
    .replace(/^(Syntax Error: .*?\b(?:Name|String|BlockString|Int|Float|Comment)) ".*/s, '$1.');
}
