import assert from "node:assert/strict";
import { sharedStorage } from "../../../src/host/historyFolder.ts";

describe("the storage of a workspace", () => {
  it("is the same for every window that has it open", () => {
    const storage = "/home/me/User/workspaceStorage/76be7224/valar.valar";
    assert.equal(sharedStorage(storage), storage);
    assert.equal(sharedStorage("/home/me/User/workspaceStorage/76be7224-1/valar.valar"), storage);
    assert.equal(sharedStorage("/home/me/User/workspaceStorage/76be7224-9/valar.valar/"), storage);
  });

  it("is left alone where it is anything else", () => {
    for (const path of [
      "/home/me-1/User/globalStorage/valar.valar",
      "/workspaceStorage/ext-dev/valar.valar",
    ]) {
      assert.equal(sharedStorage(path), path);
    }
  });
});
