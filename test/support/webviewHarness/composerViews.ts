import type { AmbientView, ModelView, SlashCommandView, SuggestionView } from "../../../src/protocol/chat.ts";
import { model } from "./views.ts";

export const suggestions: readonly SuggestionView[] = [
  { id: "s1", kind: "file", label: "cart.ts", detail: "src" },
  { id: "s2", kind: "file", label: "cart.test.ts", detail: "test/unit/some/where/deeper/in/the/tree" },
  { id: "s3", kind: "folder", label: "src", detail: "" },
  { id: "s4", kind: "symbol", label: "subtotal", detail: "src/cart.ts" },
  { id: "s5", kind: "problems", label: "Problems", detail: "3 in the workspace" },
  { id: "s6", kind: "changes", label: "Changes", detail: "git diff" },
  { id: "s7", kind: "terminal", label: "Terminal selection", detail: "" },
];

export const commands: readonly SlashCommandView[] = [
  { name: "/explain", description: "Explain how the code works", isOwn: false },
  { name: "/fix", description: "Find and fix what is wrong", isOwn: false },
  { name: "/tests", description: "Write tests for the code", isOwn: false },
  { name: "/review", description: "Review as our team does", isOwn: true },
];

export const models: readonly ModelView[] = [
  model,
  {
    ...model,
    id: "moonshotai/Kimi-K2.6",
    name: "Kimi K2.6",
    imageInput: true,
    windows: [
      { id: "asap", name: "Now", inputUsd: 0.9, outputUsd: 3.6 },
      { id: "standard", name: "Standard", inputUsd: 0.45, outputUsd: 1.8 },
    ],
  },
  {
    id: "someone/a-model-with-a-long-name-nobody-knows-yet",
    name: "a-model-with-a-long-name-nobody-knows-yet",
    isKnown: false,
    imageInput: undefined,
    reasoning: undefined,
    windows: [{ id: "asap", name: "Now", inputUsd: undefined, outputUsd: undefined }],
  },
];

export const ambient: readonly AmbientView[] = [
  { id: "editor", kind: "file", label: "cart.ts", detail: "src/cart.ts", isOn: true },
  { id: "rules", kind: "rules", label: "AGENTS.md", detail: "AGENTS.md", isOn: false },
];
