"""Drents as people type it, with the standard Dutch word: a table of words, and the sound laws behind the rest.

The laws follow the Drents that is written in letters to the editor and on the street: long a as ao, ui as uu, ij as ie,
ou as ol, and the ending -en as 'n. A law only counts when it leads to a word that exists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from assistant.language.analysis import fold

_TABLE = """
    gien=geen giene=geen niks=niets nich=niet nait=niet nie=niet neet=niet niet'n=niet gao=ga giet=gaat
    mien=mijn miene=mijn mienen=mijn dien=jouw zien'n=zijn oens=ons oenze=onze oonze=onze joen=jullie joe=jou
    joew=jouw heur=haar heure=haar wij'n=wij ze'n=ze zölf=zelf zulf=zelf oezölf=onszelf mekaar=elkaar
    mekare=elkaar wat'n=wat_een bint=zijn bin=ben ik'n=ik he'k=heb_ik heb'k=heb_ik hej=heb_je hebt'n=hebben
    hef=heeft har=had kuj=kun_je kuw=kunnen_we kan'k=kan_ik kank=kan_ik ku'k=kan_ik moe'k=moet_ik mu'k=moet_ik
    mo'k=moet_ik muj=moet_je moj=moet_je zuuk=zoek zuken=zoeken naor=naar schoel=school schoele=school lös=open
    neudig=nodig möt=moet mot=moet mut=moet huuft=hoeft heuft=hoeft möj=moet_je moeten'n=moeten zol=zou
    zul'n=zullen wol=wou wil'k=wil_ik wi'k=wil_ik wij=wij woj=wil_je wuj=wil_je zuj=zul_je ziej=zie_je
    weej=weet_je daj=dat_je da'k=dat_ik dak=dat_ik aj=als_je a'k=als_ik zo'k=zou_ik duut=doet döt=doet dut=doet
    doun=doen komp=komt krig=krijg kriegen=krijgen steet=staat stiet=staat wördt=wordt wördn=worden
    wurden=worden weurden=worden weet'n=weten wonen'n=wonen weun=woon weunt=woont waor=waar waorum=waarom
    waorum'n=waarom daor=daar daorum=daarom hier'n=hier jaor=jaar jaoren=jaren laot=laat gaon=gaan staon=staan
    doen'n=doen slaop=slaap slaopen=slapen proat=praat praot=praat proaten=praten proten=praten praoten=praten
    praotie=praatje proatje=praatje aold=oud aolde=oude old=oud olde=oude ollen=ouderen olden=ouderen
    olders=ouders oldern=ouders kiender=kinderen kinder=kinderen kienders=kinderen kiend=kind jonges=jongens
    wicht=meisje wichter=meisjes vrou=vrouw kerel=man keerl=man breur=broer bruur=broer zuster=zus moe=moeder
    va=vader vaar=vader opoe=oma naober=buurman naobers=buren noabers=buren noaber=buurman
    naoberschop=naoberschap buurvrou=buurvrouw hulpe=hulp hölp=hulp hölpe=hulp helpm=helpen huus=huis
    huusarts=huisarts huushollen=huishouden huusholding=huishouden thuus=thuis thoes=thuis buurthuus=buurthuis
    dörpshuus=dorpshuis dörp=dorp dörpe=dorp zeikenhuus=ziekenhuis ziekenhuus=ziekenhuis zeik=ziek
    gemiente=gemeente gemeinte=gemeente koffie-drinken=koffie_drinken allenig=alleen alenig=alleen
    allennig=alleen allent=alleen allind=alleen ienzaam=eenzaam einzaam=eenzaam minsen=mensen mensken=mensen
    meinsen=mensen lu=mensen luu=mensen lui=mensen volk=mensen wark=werk warken=werken warkloos=werkloos
    schuld'n=schulden schulln=schulden centen=geld geld'n=geld eten'n=eten betaol'n=betalen betaolen=betalen
    reken'ns=rekeningen rekens=rekeningen vraogen=vragen vraog=vraag zorg'n=zorgen dorp'n=dorpen zuk=zulke
    veur=voor veule=veel veul=veel voel=veel gaauw=snel rap=snel tied=tijd altied=altijd better=beter
    evenpies=even eem=even umdat=omdat um=om weerum=weer dizze=deze disse=deze dit'n=deze hoesholding=huishouden
    nou'n=nu tegenwoordig'n=tegenwoordig hoe'k=hoe_ik waor'k=waar_ik wat'k=wat_ik dat'k=dat_ik as=als
    ast=als_het ok=ook oavond=avond aovend=avond aovond=avond mörgen=morgen mörn=morgen vandage=vandaag
    zundag=zondag vergeterig=vergeetachtig vergeeterig=vergeetachtig verget=vergeet kwied=kwijt wied=ver vot=weg
    hen=heen bange=bang krap=krap meui=moe muui=moe slim=erg hiel=heel hiele=hele aans=anders ains=eens ies=eens
    iederiene=iedereen ien=een iene=iemand twie=twee drei=drie vief=vijf knei=knie rogge=rug kop=hoofd bien=been
    bienen=benen hoes=huis oet=uit oeten=uiten uut=uit hef't=heeft_het is't=is_het kan't=kan_het hoe't=hoe_het
    mie=mij bie=bij hum=hem heum=hem zuch=zich mit=met töt=tot mout=moet mouten=moeten weden=zijn kommen=komen
    weke=week leste=laatste genog=genoeg mangs=soms vake=vaak argens=ergens nargens=nergens narns=nergens nums=niemand
    eingelijk=eigenlijk eigenliek=eigenlijk vrouger=vroeger sunds=sinds sunt=sinds deur=door deurgaon=doorgaan
    kiek=kijk kieken=kijken zuik=zoek zuiken=zoeken zörg=zorg zörgt=zorgt zörgen=zorgen nemp=neemt nimp=neemt
    löp=loopt
    zöp=zuipt slöt=sluit schrif=schrijft knupt=knoopt riege=rij gedou=gedoe boudel=boel moeke=moeder maotje=maatje
    an=aan anvraogen=aanvragen anvragen=aanvragen anmelden=aanmelden ankloppen=aankloppen heufd=hoofd pien=pijn
    heufdpien=hoofdpijn buuk=buik rugge=rug tuun=tuin bosschop=boodschap bosschoppen=boodschappen lutje=klein
    meugelijk=mogelijk meugelik=mogelijk et=het hoolden=houden oons=ons oold=oud oolde=oude ooldere=oudere
    oolderen=ouderen mi'j=mij bi'j=bij wi'j=wij zi'j=zij vri'j=vrij ie'j=je ain=een gain=geen hai=hij zai=zij
    doar=daar woar=waar joar=jaar joaren=jaren goan=gaan stoan=staan vroagen=vragen betoalen=betalen kinner=kinderen
    mainsken=mensen mensn=mensen wazzen=wassen verhuzen=verhuizen angaon=aangaan opholden=ophouden holden=houden
    rieden=rijden riedt=rijdt ried=rijd schrieven=schrijven schrieft=schrijft blieven=blijven blief=blijf
    lieden=lijden
    hiet=heet hieten=heten ie=je kunt'n=kunnen wuilt=wil bewegen'n=bewegen vanuut=vanuit buten=buiten bute=buiten
    drinkt'n=drinken zöpt=zuipt zoepen=zuipen zoept=zuipt smoken=roken smookt=rookt smok=rook breef=brief
    brief'n=brieven
    breven=brieven stoer=moeilijk kaorten=kaarten kaortie=kaartje kuieren=wandelen kuiern=wandelen braocht=gebracht
    braacht=gebracht buurtschop=buurt buurschop=buurt zölfstandig=zelfstandig zulfstandig=zelfstandig stee=plek
    stee'n=plekken
    hoezen=huizen huuzen=huizen verhuren'n=verhuren huur'n=huren klusse=klus kleren'n=kleren zuvere=zuivere
    bruier=broer mouder=moeder voader=vader vaoder=vader zeun=zoon dochterke=dochter kleinkiender=kleinkinderen
    kriege=krijg krieg=krijg locht=lucht vermoorden'n=vermoorden haart=hart hartanval=hartaanval stikt'n=stikken
    slaot=sla slan=slaan slag'n=slaan
    bange=bang starven=sterven kapotmaoken=kapotmaken maoken=maken maok=maak maokt=maakt laoten=laten laot=laat
    goud=goed gooud=goed grammieterig=boos benauwd=benauwd dooie=dode verdan=verder vedan=verder umtrent=rond
    """

AMBIGUOUS = frozenset(
    """
    niks dak mot mut nie neet dien har wol wij zuster moe va lui volk rap as ok hen krap slim kop hoes goud bin
    gao giet giene zol opoe kerel centen joe voel um dut wicht old weer ien eem wied lu vaar bien mörgen kinder
    olden zeik bange wark hej ollen aold benauwd muj moj drei vot mie bie hum mit weke kommen deur an et pien hai ain
    rieden ried lieden ie buten bute stoer stee smoken smok breef hiet
    riege kiek weden lutje holden opholden oold mensn leste gain mangs goan stoan
    """.split()
)
"""Words that standard Dutch has too, or may have by a typing mistake: they count only next to surely Drents words."""

DIALECT: Mapping[str, str] = {
    drents: dutch.replace("_", " ") for drents, dutch in (pair.split("=") for pair in _TABLE.split())
}

LAWS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(drents), dutch)
    for drents, dutch in (
        (r"'n$", ("en", "n")),
        (r"ao|oa", ("aa", "a")),
        (r"uu", ("ui", "oe")),
        (r"ie", ("ij", "ee", "e")),
        (r"ol(?=[dt])", ("ou",)),
        (r"eu", ("oo", "o")),
        (r"oe", ("ui",)),
        (r"sk", ("sch",)),
        (r"ei", ("ee", "ie")),
        (r"ou(?=[nmrlkt])", ("oe",)),
        (r"ar(?=k|f|s)", ("er",)),
        (r"um", ("om",)),
        (r"in(?=g$)", ("in",)),
        (r"gies?$", ("je",)),
        (r"ties?$", ("tje",)),
        (r"pies?$", ("pje",)),
    )
)
CLITIC = re.compile(r"^(?P<verb>[a-z]{2,}?)'(?P<rest>k|t|m)$")
CLITICS: Mapping[str, str] = {"k": "ik", "t": "het", "m": "hem"}
UMLAUT = re.compile(r"(?<![aeiouAEIOU])[öäüòèàÖÄÜ]")
"""A vowel with dots behind a consonant: Drents dörp, and not Dutch coördinatie."""


def is_drents(word: str) -> bool:
    """Whether a word, as typed, shows that its sentence is Drents."""
    plain = _plain(word)
    return plain in DIALECT and plain not in AMBIGUOUS


def as_dutch(words: Sequence[str]) -> list[str]:
    """Folded words with the Drents of the table in Dutch; the same words when none of them is surely Drents."""
    if not any(map(is_drents, words)):
        return list(words)
    return [part for word in words for part in DIALECT.get(word, word).split()]


def in_dutch(word: str, exists: Callable[[str], bool], *, among_drents: bool) -> str | None:
    """The Dutch for a word as typed, None when it is no Drents; `exists` says of a folded word that it is Dutch.

    `among_drents`: other words of the sentence are surely Drents, so that what could be both is read as Drents.
    """
    plain, folded = _plain(word), fold(word)
    if plain in DIALECT and (among_drents or plain not in AMBIGUOUS):
        return DIALECT[plain]
    if among_drents and UMLAUT.search(word) and exists(folded):
        return folded
    if exists(folded):
        return None
    if (clitic := CLITIC.match(folded)) and exists(clitic["verb"]):
        return f"{clitic['verb']} {CLITICS[clitic['rest']]}"
    return next((dutch for dutch in _by_law(folded) if exists(dutch)), None) if among_drents else None


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def _by_law(word: str) -> Iterator[str]:
    """What a word may be in Dutch: one law, and then two laws at once."""
    once = list(_applied(word))
    yield from once
    for changed in once:
        yield from _applied(changed)


def _applied(word: str) -> Iterator[str]:
    for drents, forms in LAWS:
        if drents.search(word):
            yield from (drents.sub(dutch, word) for dutch in forms if drents.sub(dutch, word) != word)
