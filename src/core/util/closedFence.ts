const fence = /^( {0,3})(`{3,}|~{3,})(.*)$/;

/** Markdown whose last fence is closed, so that what follows it is no part of its code. */
export function closedFence(markdown: string): string {
  let open: { readonly indent: string; readonly run: string } | undefined;
  for (const line of markdown.split(/\r\n|[\r\n]/)) {
    const [, indent = "", run = "", rest = ""] = fence.exec(line) ?? [];
    if (run === "") continue;
    if (open === undefined) {
      // Backticks with more of them behind are inline code.
      if (run.startsWith("~") || !rest.includes("`")) open = { indent, run };
    } else if (run.startsWith(open.run) && rest.trim() === "") {
      open = undefined;
    }
  }
  return open === undefined ? markdown : `${markdown}\n${open.indent}${open.run}`;
}
