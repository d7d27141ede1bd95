import assert from "node:assert/strict";
import * as vscode from "vscode";
import { ChangeZones } from "../../../src/host/edit/changeZones.ts";
import { EditSession } from "../../../src/host/edit/editSession.ts";

describe("the zones of an edit", () => {
  it("row 60: stand in the file under its new name once it is renamed", async () => {
    const controller = vscode.comments.createCommentController("valar.test", "Test");
    const shown = new Set<vscode.CommentThread>();
    const zones = new ChangeZones({
      createCommentThread: (uri, range, comments) => {
        const thread = controller.createCommentThread(uri, range, comments);
        shown.add(thread);
        const dispose = thread.dispose.bind(thread);
        thread.dispose = () => {
          shown.delete(thread);
          dispose();
        };
        return thread;
      },
      dispose: () => controller.dispose(),
    });
    const content = "one\n-\n-\n-\ntwo\n";
    const open = () => vscode.workspace.openTextDocument({ content });
    const [document, renamed] = [await open(), await open()];
    const session = new EditSession("1", document, { first: 0, last: 4 }, { title: "Edit", instruction: "" });
    session.review(["ONE", "-", "-", "-", "TWO"]);
    const addresses = (): string[] => [...shown].map(({ uri }) => uri.toString());

    zones.render(session);
    assert.deepEqual(addresses(), [document.uri.toString(), document.uri.toString()]);
    assert.equal(session.rename(renamed), true);
    zones.render(session);
    assert.deepEqual(addresses(), [renamed.uri.toString(), renamed.uri.toString()]);
    assert.deepEqual(
      [...shown].map((thread) => zones.changeOf(thread)?.change),
      [0, 1],
    );
    zones.dispose();
  });
});
