/** A commit message for the diff in the text: real file names and counts. */
export function commitMessage(text: string): string | undefined {
  const files = [...text.matchAll(/^diff --git a\/(\S+) b\/(\S+)$/gm)].map(([, , path]) => path ?? "");
  if (files.length === 0) return undefined;
  const sections = text.split(/^diff --git .*$/m).slice(1);
  const lines = files.map((path, i) => {
    const section = sections[i] ?? "";
    const added = (section.match(/^\+(?!\+\+)/gm) ?? []).length;
    const removed = (section.match(/^-(?!--)/gm) ?? []).length;
    return `- ${path}: ${added} added, ${removed} removed`;
  });
  const names = files.map((path) => path.split("/").at(-1) ?? path);
  const last = names.pop() ?? "";
  const verb = /^new file mode/m.test(text) ? "Add" : /^deleted file mode/m.test(text) ? "Remove" : "Update";
  const subject = `${verb} ${names.length > 0 ? `${names.slice(0, 2).join(", ")} and ${names.length > 2 ? "more" : last}` : last}`;
  return `${subject}\n\n${lines.join("\n")}`;
}
