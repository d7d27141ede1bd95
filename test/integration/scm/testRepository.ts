import * as vscode from "vscode";
import type { GitRepository } from "../../../src/host/git.ts";

/** A repository as git's extension would show it. */
export class TestRepository implements GitRepository {
  readonly rootUri: vscode.Uri;
  readonly inputBox = { value: "draft" };
  readonly state = {
    HEAD: { commit: "c0ffee" } as { commit?: string } | undefined,
    indexChanges: [] as { uri: vscode.Uri; originalUri: vscode.Uri; status: number }[],
    workingTreeChanges: [] as { uri: vscode.Uri; originalUri: vscode.Uri; status: number }[],
    mergeChanges: [],
  };
  staged = "";
  working = "";

  constructor(root: string) {
    this.rootUri = vscode.Uri.file(root);
  }

  change(path: string, status = 5, before = path) {
    const uriOf = (name: string) => vscode.Uri.joinPath(this.rootUri, name);
    return { uri: uriOf(path), originalUri: uriOf(before), status };
  }

  status(): Promise<void> {
    return Promise.resolve();
  }

  diff(cached?: boolean): Promise<string> {
    return Promise.resolve(cached === true ? this.staged : this.working);
  }

  log(): Promise<readonly { readonly message: string }[]> {
    return this.state.HEAD === undefined
      ? Promise.reject(new Error("no commits yet"))
      : Promise.resolve([{ message: "feat: begin" }]);
  }
}
