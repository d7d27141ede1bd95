import fc from "fast-check";

const words = fc.constantFrom(
  ..."word,two words,*em*,**strong**,**open,`code`,`` a ` b ``,~~gone~~,[link](https://a.example),[ref],[ref][b],[b]".split(
    ",",
  ),
  ..."<b>,<br>,&amp;,\\*,![alt](x.png),https://example.com/a_b,a_b_c,snake*,$x_1$,日本語,👩‍💻,\u202e,a|b,|,- x,1.,#,>,:".split(
    ",",
  ),
);
const inline = fc.array(words, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(" "));

/** One leaf's content, long enough for parts of it to be finished long before its end. */
export const longInline: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom("word", "two words", "end.", "*em*", "`code`", "src/a.ts:3") },
      { weight: 1, arbitrary: words },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          ..."`,``,*,**,_,__open,close__,open`,~~,~,[,[a,](/b),<a,x>,<a href='x'>,</a>,https://example.com/a,\">".split(
            ",",
          ),
        ),
      },
    ),
    { minLength: 40, maxLength: 160, size: "max" },
  )
  .chain((parts) => fc.constantFrom(" ", " ", "\n").map((space) => parts.join(space)));

const marker = fc.constantFrom(
  ..."@@- @@* @@+ @@1. @@2) @@10. @@> @@>> @@# @@### @@    @@  @@   @@\t@@- [ ] @@- [x] @@| @@  - @@   1. @@-   ".split(
    "@@",
  ),
);
const whole = fc.constantFrom(
  ...'@@```@@```ts@@````@@~~~@@---@@***@@===@@- - -@@<div>@@</div>@@<!-- c@@-->@@<pre>@@</pre>@@|---|---|@@|:-:|@@| a | b |@@| 1 |@@[ref]: https://r.example@@[b]:@@[b]: /b@@"open@@close"@@/url "t"@@"title"@@[ref]: <x> \'y@@z\'@@-@@+@@*@@1.@@#@@   ```@@  ---@@    code@@'.split(
    "@@",
  ),
);
const line = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(marker, inline).map((parts) => parts.join("")) },
  { weight: 3, arbitrary: whole },
  { weight: 1, arbitrary: fc.tuple(marker, whole).map((parts) => parts.join("")) },
  { weight: 2, arbitrary: fc.constant("") },
);
const end = fc.constantFrom("\n", "\n", "\n", "\n", "\r\n", "\n\n");

/** Random markdown: lines likely to open, continue, interrupt or end every construct of CommonMark and GFM. */
export const markdownText: fc.Arbitrary<string> = fc
  .array(fc.tuple(line, end), { maxLength: 16 })
  .map((lines) => lines.map((parts) => parts.join("")).join(""));
