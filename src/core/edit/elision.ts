const markers = /^(?:\/\/+|#+|--+|;+|%+|\/\*+|\{\s*\/\*+|<!--+|""")?\s*(.*?)\s*(?:\*+\/\s*\}?|-->|""")?$/;
const ellipsis = /^[([<]?\s*(?:\.{3}|…)|(?:\.{3}|…)\s*[)\]>]?$/;
const restWords =
  /\b(?:rest|remain(?:s|ing|der)?|existing|unchanged|same|other|previous|omitted|original|as before|as is|here|code|keep)\b/i;
const restPhrase =
  /^[([]?(?:the )?(?:(?:rest|remainder) (?:of|is|are|stays|remains|unchanged)|(?:existing|unchanged|remaining|original|previous|other) (?:code|implementation|methods?|functions?|lines?|content|logic|imports?|tests?|fields?|properties)(?: (?:here|above|below|unchanged|stays?.*|remains?.*|goes here|as before|omitted))?[)\]]?$|(?:code )?(?:unchanged|omitted|no changes?)[)\]]?$)/i;

/**
 * Whether a line stands for code the model left out, such as `// ... existing code ...`. To apply it would delete
 * that code.
 */
export function isElision(line: string, languageId: string): boolean {
  const trimmed = line.trim();
  const body = markers.exec(trimmed)?.[1] ?? "";
  const isComment = body !== trimmed;
  if (/^(?:\.{3}|…)$/.test(body)) return isComment || languageId !== "python";
  if (ellipsis.test(body) && restWords.test(body)) return isComment || /^(?:\.{3}|…|[([<])/.test(body);
  return isComment && restPhrase.test(body);
}
