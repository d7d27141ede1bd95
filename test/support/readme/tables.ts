import manifest from "../../../package.json" with { type: "json" };
import english from "../../../package.nls.json" with { type: "json" };

interface Setting {
  readonly default: unknown;
  readonly markdownDescription: string;
  readonly enum?: readonly unknown[];
  readonly markdownEnumDescriptions?: readonly string[];
}
interface Keybinding {
  readonly command: string;
  readonly key: string;
  readonly mac?: string;
}

const texts = new Map<string, string>(Object.entries(english));
const { commands, configuration } = manifest.contributes;
const keybindings: readonly Keybinding[] = manifest.contributes.keybindings;

/** The README with its tables made anew from package.json. */
export function withTables(readme: string): string {
  return [
    ["commands", commandTable()],
    ["settings", settingTable()],
  ].reduce((text, [name = "", table = ""]) => replaceBetween(text, name, table), readme);
}

function replaceBetween(text: string, name: string, table: string): string {
  const [start, end] = [`<!-- ${name}: npm run readme -->`, `<!-- end of ${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The README has no place for its ${name}`);
  return `${text.slice(0, from + start.length)}\n\n${table}\n\n${text.slice(to)}`;
}

function commandTable(): string {
  const rows = commands.map(({ command, title }) => [translated(title), `\`${command}\``, keysOf(command)]);
  return table(["Command", "Id", "Keys"], rows);
}

function settingTable(): string {
  const rows = Object.entries<Setting>(configuration.properties).map(([name, setting]) => [
    `\`${name}\``,
    setting.default === "" ? "" : `\`${valueText(setting.default)}\``,
    [translated(setting.markdownDescription), choicesOf(setting)].join(" ").trim(),
  ]);
  return table(["Setting", "Default", "Meaning"], rows);
}

function choicesOf({ enum: choices = [], markdownEnumDescriptions: meanings }: Setting): string {
  const given = choices.filter((choice) => choice !== null).map((choice) => `\`${valueText(choice)}\``);
  if (given.length === 0) return "";
  return meanings === undefined
    ? `One of ${given.join(", ")}.`
    : given.map((choice, at) => `${choice}: ${translated(meanings[at] ?? "")}`).join(" ");
}

/** The keys of a command, those of a Mac behind. */
function keysOf(command: string): string {
  const found = keybindings
    .filter((binding) => binding.command === command)
    .map(({ key, mac }) => (mac === undefined ? keyText(key) : `${keyText(key)} (Mac: ${keyText(mac)})`));
  return [...new Set(found)].join(", ");
}

function keyText(key: string): string {
  const parts = key.split("+").map((part) => `${part.slice(0, 1).toUpperCase()}${part.slice(1)}`);
  return `\`${parts.join("+").replace("Escape", "Esc")}\``;
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(heading), line(heading.map(() => "---")), ...rows.map(line)].join("\n");
}

function translated(text: string): string {
  return text.replace(/^%(.+)%$/, (_, key: string) => texts.get(key) ?? "");
}

function valueText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
