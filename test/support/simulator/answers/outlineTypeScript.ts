import type ts from "typescript";
import { count, type OutlineItem } from "./outline.ts";
import type { CodeBlock } from "./prompt.ts";
import { loadTypeScript, parse, type TypeScript } from "./typescriptModule.ts";

/** Functions, classes with their members, and types of TypeScript or JavaScript code. */
export async function outlineTypeScript(
  block: CodeBlock,
  extension: string,
): Promise<readonly OutlineItem[]> {
  const ts = await loadTypeScript();
  const source = parse(ts, block.code, extension);
  const items: OutlineItem[] = [];
  const add = (node: ts.Node, name: string, kind: string, callable?: ts.SignatureDeclaration): void => {
    const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
    const last = source.getLineAndCharacterOfPosition(node.end).line;
    items.push({
      name,
      kind,
      line: block.startLine + first,
      lineCount: last - first + 1,
      parameters: callable?.parameters.map((parameter) => parameter.name.getText(source)) ?? [],
      facts: factsOf(ts, node, source),
    });
  };
  const visit = (node: ts.Node, owner: string): void => {
    if (ts.isFunctionDeclaration(node)) add(node, node.name?.text ?? "default", "function", node);
    else if (ts.isClassDeclaration(node)) {
      const name = node.name?.text ?? "default";
      add(node, name, "class");
      for (const member of node.members) visit(member, `${name}.`);
    } else if (ts.isMethodDeclaration(node) || ts.isConstructorDeclaration(node)) {
      const name = node.name?.getText(source) ?? "constructor";
      add(node, owner + name, ts.isMethodDeclaration(node) ? "method" : "constructor", node);
    } else if (ts.isInterfaceDeclaration(node)) add(node, node.name.text, "interface");
    else if (ts.isTypeAliasDeclaration(node)) add(node, node.name.text, "type");
    else if (ts.isEnumDeclaration(node)) add(node, node.name.text, "enum");
    else if (ts.isVariableStatement(node)) {
      for (const declaration of node.declarationList.declarations) {
        const value = declaration.initializer;
        const isFunction = value && (ts.isArrowFunction(value) || ts.isFunctionExpression(value));
        const name = declaration.name.getText(source);
        add(node, name, isFunction ? "function" : "constant", isFunction ? value : undefined);
      }
    }
  };
  source.statements.forEach((statement) => visit(statement, ""));
  return items;
}

function factsOf(ts: TypeScript, root: ts.Node, source: ts.SourceFile): string[] {
  const calls = new Set<string>();
  const counts = { branches: 0, loops: 0, awaits: 0, throws: 0, returns: 0 };
  const visit = (node: ts.Node): void => {
    if (ts.isIfStatement(node) || ts.isConditionalExpression(node) || ts.isCaseClause(node))
      counts.branches++;
    if (ts.isIterationStatement(node, false)) counts.loops++;
    if (ts.isAwaitExpression(node)) counts.awaits++;
    if (ts.isThrowStatement(node)) counts.throws++;
    if (ts.isReturnStatement(node) && node.expression) counts.returns++;
    if (ts.isCallExpression(node)) calls.add(calledName(ts, node, source));
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(root, visit);
  const members = ts.isInterfaceDeclaration(root) || ts.isClassDeclaration(root) ? root.members.length : 0;
  const named = [...calls].slice(0, 4).map((name) => `\`${name}\``);
  return [
    ...(members > 0 ? [count(members, "member", "members")] : []),
    ...(counts.branches > 0 ? [count(counts.branches, "branch", "branches")] : []),
    ...(counts.loops > 0 ? [count(counts.loops, "loop", "loops")] : []),
    ...(counts.awaits > 0 ? [`waits ${counts.awaits === 1 ? "once" : `${counts.awaits} times`}`] : []),
    ...(counts.throws > 0 ? ["may throw"] : []),
    ...(named.length > 0 ? [`calls ${named.join(", ")}`] : []),
    ...(counts.returns > 1 ? [`${counts.returns} ways out`] : []),
  ];
}

function calledName(ts: TypeScript, node: ts.CallExpression, source: ts.SourceFile): string {
  const callee = node.expression;
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText(source).slice(0, 30);
}
