import { invalid } from "./apiFailure.ts";
import {
  oneOf,
  onlyFields,
  optionalBoolean,
  optionalString,
  requiredArray,
  requiredObject,
  requiredString,
} from "./checks.ts";
import { isObject, type OfferedTool, type ResponseFormat, type ToolChoice } from "./chatRequest.ts";

/** Checks `tools`: functions with a JSON Schema, and `custom` tools. */
export function validateTools(value: unknown): OfferedTool[] {
  if (value === undefined || value === null) return [];
  return requiredArray(value, "tools").map((item, i) => {
    const at = `tools[${i}]`;
    const tool = requiredObject(item, at);
    const kind = oneOf(tool["type"], ["function", "custom"] as const, `${at}.type`);
    onlyFields(tool, ["type", kind], at);
    const definition = requiredObject(tool[kind], `${at}.${kind}`);
    const name = requiredString(definition, "name", `${at}.${kind}.name`);
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(name)) {
      throw invalid(`${at}.${kind}.name`, `${at}.${kind}.name must be 1 to 64 letters, digits, _ or -.`);
    }
    optionalString(definition, "description", `${at}.${kind}.description`);
    if (kind === "custom") return { kind, name, parameters: {} };
    onlyFields(definition, ["name", "description", "parameters", "strict"], `${at}.function`);
    if (definition["strict"] !== null) optionalBoolean(definition, "strict", `${at}.function.strict`);
    const parameters = definition["parameters"];
    return {
      kind,
      name,
      parameters: parameters === undefined ? {} : requiredObject(parameters, `${at}.function.parameters`),
    };
  });
}

/** Checks `tool_choice` against the tools on offer. */
export function validateToolChoice(value: unknown, tools: readonly OfferedTool[]): ToolChoice {
  if (value === undefined || value === null) return { type: tools.length > 0 ? "auto" : "none" };
  if (tools.length === 0 && value !== "none") {
    throw invalid("tool_choice", "tool_choice needs tools.");
  }
  if (!isObject(value)) {
    return { type: oneOf(value, ["none", "auto", "required"] as const, "tool_choice") };
  }
  const kind = oneOf(value["type"], ["function", "custom"] as const, "tool_choice.type");
  onlyFields(value, ["type", kind], "tool_choice");
  const param = `tool_choice.${kind}.name`;
  const name = requiredString(requiredObject(value[kind], `tool_choice.${kind}`), "name", param);
  if (!tools.some((tool) => tool.kind === kind && tool.name === name)) {
    throw invalid(param, `tool_choice names ${JSON.stringify(name)}, which is not among the tools.`);
  }
  return { type: "one", name };
}

/** Checks `response_format`: text, json_object or json_schema. */
export function validateResponseFormat(value: unknown): ResponseFormat {
  if (value === undefined || value === null) return { type: "text" };
  const format = requiredObject(value, "response_format");
  const types = ["text", "json_object", "json_schema"] as const;
  const type = oneOf(format["type"], types, "response_format.type");
  if (type !== "json_schema") {
    onlyFields(format, ["type"], "response_format");
    return { type };
  }
  onlyFields(format, ["type", "json_schema"], "response_format");
  const at = "response_format.json_schema";
  const definition = requiredObject(format["json_schema"], at);
  onlyFields(definition, ["name", "description", "schema", "strict"], at);
  const name = requiredString(definition, "name", `${at}.name`);
  if (name === "") throw invalid(`${at}.name`, `${at}.name must not be empty.`);
  optionalString(definition, "description", `${at}.description`);
  optionalBoolean(definition, "strict", `${at}.strict`);
  const schema = definition["schema"];
  return { type, schema: schema === undefined ? {} : requiredObject(schema, `${at}.schema`) };
}
