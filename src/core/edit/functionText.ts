const signs = /=>|->|\b(?:function|func|fn)\b/;
/** How a function begins, bare or handed to a wrapper such as `memo(`. */
const begins =
  /^\s*(?:[\w$.]+(?:<[^>(]*>)?\(\s*)*(?:async\b\s*)?(?:function\b|func\b|fn\b|\(|<[\w$\s,]+>\s*\(|[\w$]+\s*=>)/;

/** Whether the text of a variable, constant or field may hold a function or a class anywhere. */
export function holdsFunction(text: string): boolean {
  return signs.test(text) || /\bclass\b/.test(text);
}

/** Whether what a variable, constant or field is given is a function itself, such as `f = () => {…}`. */
export function isFunctionValue(text: string): boolean {
  if (!signs.test(text)) return false;
  const value = /(?<![=!<>])=(?![=>])/.exec(text);
  const entry = /^\s*[\w$"'#-]+\s*:/.exec(text);
  return [value, entry].some((at) => at !== null && begins.test(text.slice(at.index + at[0].length)));
}
