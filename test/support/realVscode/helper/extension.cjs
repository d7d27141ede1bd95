// Runs beside Valar in the extension host of the real VS Code, only in tests and under `npm start`.
// VALAR_HELPER_FOLDER: answers questions over a socket in that folder (see helperClient.ts).
// VALAR_HELPER_STARTUP: a JSON list of [command, ...arguments] to run when a profile's first window is up;
// an argument { "file": path } becomes that file's address.
"use strict";
const { Buffer } = require("node:buffer");
const fs = require("node:fs");
const net = require("node:net");
const path = require("node:path");
const process = require("node:process");
const vscode = require("vscode");

/** One function for each question; see `HelperRequests` in helperClient.ts. */
const answers = {
  // All extensions of a host share its clock.
  shiftClock: async ({ ms }) => {
    const { now } = Date;
    Date.now = () => now() + ms;
    return null;
  },
  ping: async () => ({ pid: process.pid, vscode: vscode.version }),
  execute: async ({ command, args }) => (await vscode.commands.executeCommand(command, ...args)) ?? null,
  open: async ({ file }) => {
    const document = await vscode.workspace.openTextDocument(uriOf(file));
    await vscode.window.showTextDocument(document, { preview: false });
    return state(document);
  },
  select: async ({ file, start, end }) => {
    const document = await vscode.workspace.openTextDocument(uriOf(file));
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    editor.selection = new vscode.Selection(...start, ...end);
    editor.revealRange(editor.selection);
    return state(document);
  },
  document: async ({ file }) => {
    const wanted = uriOf(file).toString();
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === wanted);
    return document === undefined ? null : state(document);
  },
  activeEditor: async () => {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) return null;
    const { start, end } = editor.selection;
    return {
      ...state(editor.document),
      uri: editor.document.uri.toString(),
      selection: { start: [start.line, start.character], end: [end.line, end.character] },
    };
  },
  setting: async ({ name, value }) => {
    await vscode.workspace
      .getConfiguration()
      .update(name, value ?? undefined, vscode.ConfigurationTarget.Global);
    return null;
  },
  languageModels: async ({ vendor }) =>
    (await vscode.lm.selectChatModels({ vendor })).map(
      ({ id, name, family, maxInputTokens, capabilities }) => ({
        id,
        name,
        family,
        maxInputTokens,
        capabilities: capabilities ?? null,
      }),
    ),
  askModel: async ({ model: id, messages, tools, cancelAfter }) => {
    const [model] = await vscode.lm.selectChatModels({ vendor: "valar", id });
    if (model === undefined) throw new Error(`There is no model ${id}.`);
    return askModel(model, messages.map(modelMessage), tools ?? [], cancelAfter);
  },
  countTokens: async ({ model: id, text }) => {
    const [model] = await vscode.lm.selectChatModels({ vendor: "valar", id });
    return model.countTokens(text);
  },
  invokeTool: async ({ name, input }) => {
    try {
      const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
      return { text: content.map(({ value }) => value).join(""), error: null };
    } catch (error) {
      return { text: "", error: { code: error?.name ?? "", message: String(error?.message) } };
    }
  },
  isActive: async ({ extension }) => vscode.extensions.getExtension(extension)?.isActive ?? false,
};

/** Asks a model as any other extension does; a failure is given by its code, as an answer. */
async function askModel(model, messages, tools, cancelAfter) {
  const source = new vscode.CancellationTokenSource();
  const parts = [];
  try {
    const response = await model.sendRequest(messages, { tools, justification: "To test." }, source.token);
    for await (const part of response.stream) {
      if (part instanceof vscode.LanguageModelTextPart) parts.push({ text: part.value });
      else if (part instanceof vscode.LanguageModelToolCallPart)
        parts.push({ call: part.name, id: part.callId, input: part.input });
      if (parts.length === cancelAfter) source.cancel();
    }
    return { parts, error: null };
  } catch (error) {
    return { parts, error: { code: error?.code ?? error?.name ?? "", message: String(error?.message) } };
  }
}

function modelMessage({ role, parts }) {
  const content = parts.map((part) => {
    if (part.image !== undefined) {
      return vscode.LanguageModelDataPart.image(Buffer.from(part.image, "base64"), "image/png");
    }
    if (part.call !== undefined) return new vscode.LanguageModelToolCallPart(part.id, part.call, part.input);
    if (part.result === undefined) return new vscode.LanguageModelTextPart(part.text);
    return new vscode.LanguageModelToolResultPart(part.id, [new vscode.LanguageModelTextPart(part.result)]);
  });
  return role === "assistant"
    ? vscode.LanguageModelChatMessage.Assistant(content)
    : vscode.LanguageModelChatMessage.User(content);
}

function uriOf(file) {
  if (path.isAbsolute(file)) return vscode.Uri.file(file);
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error("No folder is open.");
  return vscode.Uri.joinPath(folder.uri, file);
}

function state(document) {
  return {
    text: document.getText(),
    isDirty: document.isDirty,
    version: document.version,
    eol: document.eol === vscode.EndOfLine.CRLF ? "\r\n" : "\n",
  };
}

async function activate(context) {
  const folder = process.env.VALAR_HELPER_FOLDER;
  if (folder !== undefined) context.subscriptions.push(listen(path.join(folder, `${process.pid}.sock`)));
  // Once for a profile: after a reload the person finds the window as it was.
  if (context.globalState.get("started") === true) return;
  await context.globalState.update("started", true);
  for (const [command, ...args] of JSON.parse(process.env.VALAR_HELPER_STARTUP ?? "[]")) {
    await vscode.commands.executeCommand(
      command,
      ...args.map((arg) => (arg?.file === undefined ? arg : uriOf(arg.file))),
    );
  }
}

/** One JSON line a request, one JSON line an answer. */
function listen(socketPath) {
  fs.rmSync(socketPath, { force: true });
  const server = net.createServer((socket) => {
    let text = "";
    socket.on("error", () => socket.destroy());
    socket.on("data", (data) => {
      text += data;
      const lines = text.split("\n");
      text = lines.pop();
      for (const line of lines) void answer(line).then((reply) => socket.write(`${JSON.stringify(reply)}\n`));
    });
  });
  server.listen(socketPath);
  return {
    dispose() {
      server.close();
      fs.rmSync(socketPath, { force: true });
    },
  };
}

async function answer(line) {
  const { method, params } = JSON.parse(line);
  try {
    return { result: await answers[method](params) };
  } catch (error) {
    return { error: String(error?.stack ?? error) };
  }
}

module.exports = { activate };
