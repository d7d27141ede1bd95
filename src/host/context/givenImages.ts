import * as vscode from "vscode";
import type { ImageContext } from "../../core/chat/conversation.ts";
import { UserError } from "../userError.ts";
import { isImagePath } from "./imageContext.ts";

export const givenImageScheme = "valar-image";

/** Images as they were given. VS Code's own preview shows them, on every platform; it reads from file systems alone. */
export class GivenImages implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #registration: vscode.Disposable;
  /** Kept while a tab shows them, by their address. */
  readonly #images = new Map<string, Uint8Array>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  constructor() {
    const options = { isCaseSensitive: true, isReadonly: true };
    this.#registration = vscode.Disposable.from(
      vscode.workspace.registerFileSystemProvider(givenImageScheme, this, options),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => this.#forget(closed)),
    );
  }

  /** Throws `UserError`. */
  async show({ id, name, url }: ImageContext): Promise<void> {
    const [, type, data] = /^data:image\/(\w+);base64,([A-Za-z0-9+/]+={0,2})$/.exec(url) ?? [];
    if (type === undefined || data === undefined) {
      throw new UserError(vscode.l10n.t("{0} could not be read.", name));
    }
    const plain = name.replaceAll("/", " ");
    const path = `/${isImagePath(plain) ? plain : `${plain}.${type}`}`;
    // The path, of its name alone, is what VS Code shows above the image.
    const uri = vscode.Uri.from({ scheme: givenImageScheme, authority: id.replaceAll("-", ""), path });
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    this.#images.set(keyOf(uri), bytes);
    await vscode.commands.executeCommand("vscode.open", uri, { preview: true });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.readFile(uri).length };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const bytes = this.#images.get(keyOf(uri));
    if (bytes === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return bytes;
  }

  /** Nothing ever changes here. */
  watch(): vscode.Disposable {
    return vscode.Disposable.from();
  }

  readDirectory(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  createDirectory(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  writeFile(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  #forget(closed: readonly vscode.Tab[]): void {
    const open = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(addressOf));
    for (const address of closed.map(addressOf)) {
      if (address !== undefined && !open.includes(address)) this.#images.delete(address);
    }
  }
}

/** VS Code's preview asks with a query of its own. */
function keyOf(uri: vscode.Uri): string {
  return uri.with({ query: "" }).toString();
}

function addressOf({ input }: vscode.Tab): string | undefined {
  const isFile = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText;
  return isFile && input.uri.scheme === givenImageScheme ? keyOf(input.uri) : undefined;
}
