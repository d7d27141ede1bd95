import type ts from "typescript";
import type { TypeScript } from "./typescriptModule.ts";

/** Identifiers of this name that mean a variable: no property names, no keys. */
export function referencesOf(ts: TypeScript, scope: ts.Node, name: string): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name && !isPropertyName(ts, node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(scope);
  return found;
}

/** Whether the identifier names a property or a key rather than a variable. */
export function isPropertyName(ts: TypeScript, node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isQualifiedName(parent) && parent.right === node) ||
    ((ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isPropertySignature(parent)) &&
      parent.name === node) ||
    (ts.isPropertyDeclaration(parent) && parent.name === node) ||
    (ts.isBindingElement(parent) && parent.propertyName === node)
  );
}

/** Whether a variable of this name is given a new value after its declaration. */
export function isAssigned(ts: TypeScript, scope: ts.Node, name: string): boolean {
  return referencesOf(ts, scope, name).some((use) => {
    let node: ts.Node = use;
    // Up through destructuring patterns: `[a, { b: c }] = …` assigns all of them.
    while (
      ts.isArrayLiteralExpression(node.parent) ||
      ts.isObjectLiteralExpression(node.parent) ||
      ts.isPropertyAssignment(node.parent) ||
      ts.isShorthandPropertyAssignment(node.parent) ||
      ts.isSpreadElement(node.parent)
    ) {
      node = node.parent;
    }
    const { parent } = node;
    if (ts.isBinaryExpression(parent) && parent.left === node) {
      const { kind } = parent.operatorToken;
      return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
    }
    if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) {
      return (
        parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken
      );
    }
    return (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) && parent.initializer === node;
  });
}

/** The nearest block, or function (or file), around a node. A loop counts as the block of its own variables. */
export function scopeOf(ts: TypeScript, node: ts.Node, kind: "block" | "function"): ts.Node {
  let scope = node.parent;
  for (;;) {
    if (ts.isSourceFile(scope) || ts.isFunctionLike(scope)) return scope;
    const isBlock =
      ts.isBlock(scope) ||
      ts.isCaseBlock(scope) ||
      ts.isForStatement(scope) ||
      ts.isForInStatement(scope) ||
      ts.isForOfStatement(scope);
    if (kind === "block" && isBlock) return scope;
    scope = scope.parent;
  }
}
