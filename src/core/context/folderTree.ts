/** Paths below a folder as an indented tree, files and folders in the order of their names, one a line. */
export function folderTree(paths: readonly string[]): string {
  const lines: string[] = [];
  let open: readonly string[] = [];
  for (const parts of paths.map((path) => path.split("/")).sort(compareParts)) {
    const folders = parts.slice(0, -1);
    const shared = folders.findIndex((folder, depth) => open[depth] !== folder);
    folders.forEach((folder, depth) => {
      if (shared !== -1 && depth >= shared) lines.push(`${"  ".repeat(depth)}${folder}/`);
    });
    lines.push(`${"  ".repeat(folders.length)}${parts.at(-1) ?? ""}`);
    open = folders;
  }
  return lines.map((line) => `${line}\n`).join("");
}

function compareParts(a: readonly string[], b: readonly string[]): number {
  for (let depth = 0; ; depth++) {
    const [left, right] = [a[depth], b[depth]];
    if (left === undefined || right === undefined) return a.length - b.length;
    if (left !== right) return left < right ? -1 : 1;
  }
}
