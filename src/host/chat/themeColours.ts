import * as vscode from "vscode";
import { codeColours, type CodeColours, customRules, parseTheme } from "../../core/theme/codeColours.ts";
import { DisposableStore } from "../../core/util/disposable.ts";
import { isRecord } from "../../core/util/record.ts";
import type { Log } from "../log.ts";

/** More than any theme has; ends circles. */
const maxIncludes = 10;
const settings = [
  "editor.tokenColorCustomizations",
  "window.autoDetectColorScheme",
  "workbench.colorTheme",
  ...["Light", "Dark", "HighContrast", "HighContrastLight"].map((kind) => preferred(kind)),
];

interface Followed {
  readonly show: () => void;
  readonly dispose: () => void;
}

/** The active theme's colours for code. VS Code hands them to nobody, so they are read from the theme's own files. */
export class ThemeColours implements vscode.Disposable {
  readonly #log: Pick<Log, "debug">;
  readonly #store = new DisposableStore();
  readonly #changed = new vscode.EventEmitter<void>();
  #read: Promise<CodeColours> | undefined;

  constructor(log: Pick<Log, "debug">) {
    this.#log = log;
    const forget = () => {
      this.#read = undefined;
      this.#changed.fire();
    };
    this.#store.add(this.#changed);
    this.#store.add(vscode.window.onDidChangeActiveColorTheme(forget));
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (settings.some((name) => event.affectsConfiguration(name))) forget();
      }),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** None when the theme's files cannot be found or read. */
  read(): Promise<CodeColours> {
    this.#read ??= readColours().catch((error: unknown) => {
      this.#log.debug(`The theme's colours for code could not be read: ${String(error)}`);
      return {};
    });
    return this.#read;
  }

  /** Calls `take` with the colours when `show` is called, and when they change after that. */
  follow(take: (colours: CodeColours) => void): Followed {
    let isOpen = true;
    const show = () => void this.read().then((colours) => isOpen && take(colours));
    const listener = this.#changed.event(show);
    return {
      show,
      dispose: () => {
        isOpen = false;
        listener.dispose();
      },
    };
  }
}

async function readColours(): Promise<CodeColours> {
  const theme = findTheme();
  if (theme === undefined) throw new Error("no theme of that name");
  const custom = vscode.workspace.getConfiguration("editor").get<unknown>("tokenColorCustomizations");
  return codeColours([...(await readRules(theme.uri, 0)), ...customRules(custom, theme.name)]);
}

/** The theme that is active by the settings, if it is of the active kind: one that is only tried out is not. */
function findTheme(): { readonly uri: vscode.Uri; readonly name: string } | undefined {
  const { kind } = vscode.window.activeColorTheme;
  const config = vscode.workspace.getConfiguration();
  const chosen = "workbench.colorTheme";
  const ofKind = preferred(vscode.ColorThemeKind[kind]);
  const isHighContrast = kind >= vscode.ColorThemeKind.HighContrast;
  // High contrast may come from the operating system, whatever theme was chosen.
  const usual = isHighContrast ? [chosen, ofKind] : [chosen];
  const names = config.get<unknown>("window.autoDetectColorScheme") === true ? [ofKind] : usual;
  const uiTheme = ["", "vs", "vs-dark", "hc-black", "hc-light"][kind];
  for (const name of names.map((setting) => config.get<unknown>(setting))) {
    for (const { extensionUri, packageJSON } of vscode.extensions.all) {
      for (const theme of themesOf(packageJSON)) {
        const isIt = [theme["id"], theme["label"]].some((own) => plainName(own) === plainName(name));
        if (isIt && theme["uiTheme"] === uiTheme && typeof theme["path"] === "string") {
          return { uri: vscode.Uri.joinPath(extensionUri, theme["path"]), name: String(name) };
        }
      }
    }
  }
  return undefined;
}

function preferred(kind: string): string {
  return `workbench.preferred${kind}ColorTheme`;
}

/** VS Code renamed its own “Default Dark Modern” to “Dark Modern”, and takes both. */
function plainName(name: unknown): unknown {
  return typeof name === "string" ? name.replace(/^Default /, "") : Symbol("none");
}

function themesOf(manifest: unknown): readonly Readonly<Record<string, unknown>>[] {
  const contributes = isRecord(manifest) ? manifest["contributes"] : undefined;
  const themes: unknown = isRecord(contributes) ? contributes["themes"] : undefined;
  return Array.isArray(themes) ? themes.filter(isRecord) : [];
}

/** The rules of a theme's file, behind those of the file it includes. */
async function readRules(uri: vscode.Uri, depth: number): Promise<readonly unknown[]> {
  if (depth > maxIncludes) throw new Error("too many files include each other");
  if (!uri.path.endsWith(".json")) throw new Error(`${uri.path} is not JSON`);
  const theme = parseTheme(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
  if (Array.isArray(theme)) return theme as readonly unknown[];
  if (!isRecord(theme)) throw new Error(`${uri.path} is not valid`);
  const { include, tokenColors } = theme;
  const beside = (path: string) => readRules(vscode.Uri.joinPath(uri, "..", path), depth + 1);
  const included = typeof include === "string" ? await beside(include) : [];
  const own: unknown = typeof tokenColors === "string" ? await beside(tokenColors) : tokenColors;
  return Array.isArray(own) ? [...included, ...(own as readonly unknown[])] : included;
}
