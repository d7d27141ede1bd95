import { tagHighlighter, tags, type Highlighter } from "@lezer/highlight";

/** The class of each kind of token; `styles/code.css` gives it the theme's colour. */
export function codeStyle(): Highlighter {
  return tagHighlighter([
    { tag: tags.comment, class: "tok-comment" },
    { tag: [tags.keyword, tags.modifier, tags.self, tags.definitionKeyword], class: "tok-keyword" },
    { tag: [tags.bool, tags.null, tags.atom, tags.unit, tags.color], class: "tok-atom" },
    { tag: tags.number, class: "tok-number" },
    { tag: [tags.string, tags.character, tags.regexp, tags.special(tags.string)], class: "tok-string" },
    { tag: [tags.escape, tags.contentSeparator], class: "tok-atom" },
    {
      tag: [tags.typeName, tags.className, tags.namespace, tags.tagName, tags.standard(tags.variableName)],
      class: "tok-type",
    },
    {
      tag: [
        tags.function(tags.variableName),
        tags.function(tags.propertyName),
        tags.function(tags.definition(tags.variableName)),
        tags.macroName,
      ],
      class: "tok-function",
    },
    { tag: [tags.propertyName, tags.attributeName, tags.labelName], class: "tok-property" },
    { tag: [tags.meta, tags.annotation, tags.processingInstruction], class: "tok-meta" },
    { tag: tags.inserted, class: "tok-inserted" },
    { tag: tags.deleted, class: "tok-deleted" },
    { tag: tags.heading, class: "tok-heading" },
    { tag: tags.strong, class: "tok-strong" },
    { tag: tags.emphasis, class: "tok-emphasis" },
    { tag: [tags.link, tags.url], class: "tok-string" },
  ]);
}
