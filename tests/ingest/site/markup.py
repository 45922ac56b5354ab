"""The habits of four content management systems: how each wraps an article in furniture."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from html import escape

from ingest.readers.dates import MONTHS
from tests.ingest.site.content import Article, Section

RELATED = ("Wmo-voorziening aanvragen", "Parkeerkaart voor gehandicapten", "Leerlingenvervoer", "Afval en milieu")
COOKIES = (
    "Deze website gebruikt cookies om het gebruik te meten en video's te tonen. Met de knop accepteren ga je akkoord "
    "met alle cookies, ook die van derden. Lees meer in onze cookieverklaring."
)
FOOTER = (
    "Volg ons op Facebook, Instagram en LinkedIn. Postbus 30001, 7800 RA. Toegankelijkheid, privacyverklaring, "
    "proclaimer, archief, vacatures en sitemap."
)

Skin = Callable[..., str]


def wordpress(article: Article, *, head: str = "", links: str = "") -> str:
    """A theme with a sidebar, share buttons, a date under the title and Yoast's JSON-LD."""
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "Article", "headline": article.title, "dateModified": f"{article.changed}T08:30:00+01:00"},
            {"@type": "BreadcrumbList", "itemListElement": []},
        ],
    }
    sections = "".join(_section(s, accordion=_details) for s in article.sections)
    return f"""<!DOCTYPE html><html lang="nl-NL"><head><meta charset="UTF-8">
<title>{escape(article.title)} - Welzijn</title>
<meta property="og:title" content="{escape(article.title)}">
<script type="application/ld+json">{json.dumps(graph)}</script>{head}
<style>.entry-content p{{margin:1em}} .screen-reader-text{{position:absolute;left:-9999px}}</style></head>
<body class="post-template-default single has-sidebar wp-custom-logo">
<a class="skip-link screen-reader-text" href="#content">Ga naar de inhoud</a>
<header id="masthead" class="site-header">
<div class="site-branding">Welzijn Drenthe</div>{_menu("main-navigation")}</header>
<div id="page" class="site"><main id="primary" class="site-main">
<article class="post type-post hentry category-hulp tag-zorg">
<header class="entry-header"><h1 class="entry-title">{escape(article.title)}</h1>
<div class="entry-meta"><span class="posted-on">Geplaatst op
<time datetime="{article.changed}">{_dutch(article.changed)}</time></span>
<span class="byline">door <a href="/">Redactie</a></span></div></header>
<div class="entry-content"><p><strong>{escape(article.lead)}</strong></p>{sections}</div>
<div class="sharedaddy sd-sharing-enabled"><h3>Delen:</h3><ul><li><a href="#">Facebook</a></li><li>
<a href="#">E-mail</a></li></ul></div>
<footer class="entry-footer"><span class="cat-links">Geplaatst in <a href="/">Hulp</a></span></footer></article>
<nav class="post-navigation"><a href="/">Vorig bericht: Vrijwilligers gezocht in de buurt</a></nav>
<section id="comments" class="comments-area"><h2>Reacties</h2>
<p>Mooi initiatief, wij gaan zeker een keer kijken met de buren.</p></section>
</main><aside id="secondary" class="widget-area"><section class="widget">
<h2>Laatste berichten</h2>{_links()}</section>
<section class="widget widget_text"><p>Schrijf je in voor onze nieuwsbrief en blijf op de hoogte van
alle activiteiten.</p>
</section></aside></div>
{links}<footer class="site-footer"><p>{FOOTER}</p></footer>
<div id="cookie-law-info-bar" class="cli-bar"><span>{COOKIES} <a role="button">Accepteren</a></span></div></body>
</html>"""


def drupal(article: Article, *, head: str = "", links: str = "") -> str:
    """Regions and field wrappers, a Bootstrap accordion that starts closed, and an EU cookie banner."""
    sections = "".join(_section(s, accordion=_bootstrap) for s in article.sections)
    return f"""<!DOCTYPE html><html lang="nl" dir="ltr"><head><meta charset="utf-8">
<title>{escape(article.title)} | Gemeente</title>
<meta name="dcterms.modified" content="{article.changed}">{head}</head>
<body class="path-node page-node-type-product">
<a href="#main-content" class="visually-hidden focusable skip-link">Overslaan en naar de inhoud gaan</a>
<div class="dialog-off-canvas-main-canvas"><header role="banner">
<div class="region region-header">{_menu("block-menu navigation")}</div></header>
<div class="region region-breadcrumb"><nav role="navigation"><ol><li><a href="/">Home</a></li><li>
<a href="/">Zorg en welzijn</a></li></ol></nav></div>
<main role="main"><a id="main-content"></a><div class="layout-content"><div class="region region-content">
<div id="block-page-title-block"><h1 class="page-title">
<span class="field field--name-title">{escape(article.title)}</span></h1></div>
<article class="node node--type-product node--view-mode-full"><div class="node__content">
<div class="field field--name-field-intro field--type-text-long"><p>{escape(article.lead)}</p></div>
<div class="field field--name-body text-formatted">{sections}</div>
<div class="field field--name-field-related"><div class="field__label">Zie ook</div>{_links()}</div></div></article>
<div class="block block-feedback"><h2>Was deze informatie nuttig?</h2><form><label>Ja</label><label>Nee</label>
<p>Vertel ons wat er beter kan, maar zet geen persoonlijke gegevens in dit veld.</p></form></div></div></div>
<aside class="layout-sidebar-second" role="complementary"><h2>Direct regelen</h2>{_links()}</aside></main>
{links}<footer role="contentinfo"><p>{FOOTER}</p></footer></div>
<div id="sliding-popup" class="eu-cookie-compliance-banner" role="alertdialog"><h2>{COOKIES}</h2>
<button>Akkoord</button></div></body></html>"""


def typo3(article: Article, *, head: str = "", links: str = "") -> str:
    """Frames of content elements, an accordion of buttons with hidden panels, and a menu inside the main part."""
    sections = "".join(
        f'<div id="c{n}" class="frame frame-default frame-type-text">{_section(s, accordion=_panels)}</div>'
        for n, s in enumerate(article.sections)
    )
    return f"""<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8">
<title>{escape(article.title)} - Zorggroep</title>{head}</head>
<body id="p42" class="page-42 pagelevel-3 language-0"><div class="cookieman-consent" id="consent-layer">
<p>{COOKIES}</p></div>
<div id="page-header"><div class="navbar navbar-mainnavigation">{_menu("nav navbar-nav")}</div></div>
<div class="breadcrumb-section"><ol class="breadcrumb"><li><a href="/">Start</a></li><li>Aanbod</li></ol></div>
<div id="page-content" class="bp-page-content main-section"><!--TYPO3SEARCH_begin--><main>
<div class="subnav-wrap"><nav class="frame-space-before-none"><ul class="subnav-nav"><li><a href="/">Thuiszorg</a>
</li><li><a href="/">Wonen met zorg</a></li></ul></nav></div>
<div class="section section-default"><div class="frame-type-header"><h1 class="element-header">
<span>{escape(article.title)}</span></h1></div>
<div id="c1" class="frame frame-type-textmedia"><p class="lead">{escape(article.lead)}</p></div>{sections}
<div class="frame frame-type-menu_related_pages"><h2>Meer informatie over dit onderwerp</h2>{_links()}</div>
<p class="last-changed">Laatst gewijzigd op {_dutch(article.changed)}</p></div></main><!--TYPO3SEARCH_end--></div>
{links}<footer id="page-footer"><section class="section footer-section-meta"><p>{FOOTER}</p></section></footer>
</body></html>"""


def simsite(article: Article, *, head: str = "", links: str = "") -> str:
    """A page inside one form, a ReadSpeaker button, definition lists of contact details and h3 buttons that expand."""
    sections = "".join(_section(s, accordion=_expanders) for s in article.sections)
    return f"""<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8">
<title>{escape(article.title)} - Gemeente - SIMsite</title>{head}</head>
<body class="sim-body product"><form method="post" action="./product" id="frm">
<input type="hidden" name="__VIEWSTATE" value="dDwtMTA">
<div class="skiplinks"><a href="#inhoud">Direct naar de inhoud</a></div>
<div id="simkop"><div class="logo">Gemeente</div><div class="zoeken"><label>Zoeken</label><input type="text">
</div>{_menu("hoofdmenu menu")}</div>
<div id="kruimelpad">U bent hier: <a href="/">Home</a> / <a href="/">Producten en diensten
</a> / {escape(article.title)}</div>
<div id="inhoud" role="main"><div class="rs_skip rsbtn"><a href="#">Lees deze pagina voor</a></div>
<h1>{escape(article.title)}</h1><div class="inleiding"><p>{escape(article.lead)}</p></div>
<div class="producttekst">{sections}</div>
<div class="gerelateerd"><h2>Gerelateerde producten</h2>{_links()}</div>
<p class="wijzigingsdatum">Laatste wijziging: {_dutch(article.changed)}</p>
<div class="delen"><span>Deel deze pagina</span> <a href="#">Twitter</a></div></div>
<div id="contactblok" class="sidebar"><h2>Contact</h2>
<p>Bel 14 0591 of kom langs met een afspraak op het gemeentehuis.</p></div>
{links}<div id="simvoet" class="footer"><p>{FOOTER}</p></div>
<div class="cookiemelding" style="position:fixed"><p>{COOKIES}</p></div></form></body></html>"""


def old(article: Article, *, head: str = "", links: str = "") -> str:
    """A site of before 2005: nested tables, no marked main part, tags that are never closed, `font` and `br`."""
    sections = "".join(
        _section(s, accordion=_anchors).replace("</p>", "").replace("</li>", "") for s in article.sections
    )
    menu = "".join(f'<tr><td bgcolor="#eeeeee"><a href="/">{name}</a>' for name in RELATED)
    return f"""<html><head><title>{escape(article.title)}</title>{head}</head><body bgcolor=white>
<table width=760 border=0><tr><td colspan=2><img src=logo.gif><font size=1>
<a href="/">Home</a> | <a href="/">Contact</a></font>
<tr><td width=150 valign=top><table>{menu}</table><td valign=top><font face=Verdana><h1>{escape(article.title)}</h1>
<p><b>{escape(article.lead)}</b>{sections}<hr><font size=1><i>Laatst bijgewerkt: {_dutch(article.changed)}</i>
</font></font>
<tr><td colspan=2 align=center><font size=1>{FOOTER}</font></table>{links}</body>"""


SKINS: dict[str, Skin] = {
    "wordpress": wordpress,
    "drupal": drupal,
    "typo3": typo3,
    "simsite": simsite,
    "old": old,
}


def _section(section: Section, *, accordion: Callable[[int, str, str], str]) -> str:
    rows = [[escape(cell) for cell in row] for row in section.rows]
    table = ""
    if rows:
        head = "".join(f'<th scope="col">{cell}</th>' for cell in rows[0])
        body = "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in rows[1:])
        table = (
            f'<div class="table-responsive"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
        )
    items = "".join(f"<li>{escape(item)}</li>" for item in section.items)
    return (
        f"<h2>{escape(section.heading)}</h2>"
        + "".join(f"<p>{_with_link(paragraph)}</p>" for paragraph in section.paragraphs)
        + (f"<ul>{items}</ul>" if items else "")
        + table
        + "".join(accordion(n, escape(q), escape(a)) for n, (q, a) in enumerate(section.answers))
    )


def _with_link(paragraph: str) -> str:
    first, space, rest = escape(paragraph).partition(" ")
    return f'<a href="/">{first}</a>{space}{rest}'


def _details(n: int, question: str, answer: str) -> str:
    return f'<details class="wp-block-details"><summary>{question}</summary><p>{answer}</p></details>'


def _bootstrap(n: int, question: str, answer: str) -> str:
    return (
        f'<div class="card"><div class="card-header"><h3><a data-toggle="collapse" href="#kaart{n}" '
        f'aria-expanded="false" aria-controls="kaart{n}" class="collapsed">{question}</a></h3></div>'
        f'<div id="kaart{n}" class="collapse"><div class="card-body"><p>{answer}</p></div></div></div>'
    )


def _panels(n: int, question: str, answer: str) -> str:
    return (
        f'<div class="accordion-item"><h4 class="accordion-header"><button class="accordion-button" type="button" '
        f'aria-expanded="false" aria-controls="paneel-{n}">{question}</button></h4>'
        f'<div id="paneel-{n}" hidden="hidden" role="region"><div class="accordion-body"><p>{answer}</p></div>'
        "</div></div>"
    )


def _expanders(n: int, question: str, answer: str) -> str:
    return (
        f'<h3 class="uitklap" aria-expanded="false" aria-controls="uitklap{n}" tabindex="0">{question}</h3>'
        f'<div id="uitklap{n}" style="display: none"><p>{answer}</p></div>'
    )


def _anchors(n: int, question: str, answer: str) -> str:
    return f'<a name="v{n}"></a><h3>{question}</h3>{answer}<br><br>'


def _menu(names: str) -> str:
    entries = "".join(f'<li><a href="/">{name}</a></li>' for name in ("Home", "Zorg en hulp", "Contact"))
    return f'<nav class="{names}"><ul class="menu">{entries}</ul></nav>'


def _links() -> str:
    return "<ul>" + "".join(f'<li><a href="/">{name}</a></li>' for name in RELATED) + "</ul>"


def _dutch(day: str) -> str:
    parsed = date.fromisoformat(day)
    return f"{parsed.day} {MONTHS[parsed.month - 1]} {parsed.year}"
