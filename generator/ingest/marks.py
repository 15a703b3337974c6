"""The words by which lines that are not the article give themselves away: navigation, promotion, captions, ends.

Expressions only, and no rule of what follows from them: that stands in `clean.py` and in the learned scores.
"""

# ruff: noqa: E501 - an expression broken over lines is harder to read than a long one.

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.ingest.signs import Leads, Signs


def _any(*expressions: str) -> re.Pattern[str]:
    """Return one expression for small letters that finds any of these."""
    return re.compile("|".join(expressions))


# A pitch: newsletters, memberships, trials, apps, donations.
_PITCH = (
    r"\bsign(?:ing)? up\b(?! to (?:fight|serve))",
    r"\b(?:sign|signed) in\b(?!g)|\bsignin\b",
    r"\b(?:log|logged) in\b|\blogin\b",
    r"\bsubscrib(?:e|er|ers|ing|tion|tions)\b",
    r"\bnewsletters?\b",
    r"\byour (?:inbox|email|e-mail|account|device|password|subscription|feed)\b",
    r"\bfree trial\b|\btry (?:it )?(?:for )?free\b|\bcancel any ?time\b|\bbilled (?:annually|monthly)\b",
    r"\bbecome an? (?:member|subscriber|supporter|patron)\b|\balready a (?:member|subscriber)\b|\bmembership\b",
    r"\bdownload (?:our|the) (?:free )?app\b|\bget the app\b|\bour (?:mobile )?apps?\b",
    r"\bfollow (?:us|me|him|her|them) (?:on|at|@)|\bfollow us\b|\blike us\b|\bjoin (?:us|our|over|the conversation|hundreds)\b",
    r"\bdonat(?:e|ion)s?\b.{0,40}\b(?:today|now|support|us|our|here)\b|\bsupport (?:our|us|independent) ?\w*\b",
    r"\bdelivered (?:straight|directly|right|daily|to you)\b|\bin your inbox\b",
    r"\bget (?:the )?latest\b|\bstay (?:informed|updated|connected|up to date)\b|\bbreaking news alerts?\b",
    r"\bpremium (?:content|membership|memos?|access|articles?)\b|\bexclusive (?:access|content|offers?)\b",
    r"\bunlock\b.{0,40}\b(?:access|articles?|content|story)\b|\bpaywall\b|\bgift articles?\b|\bcontinue reading\b",
    r"\bspecial offers?\b|\b(?:promo|promotion|promotions) codes?\b|\bsave \d+%|\$\d+(?:\.\d\d)? ?(?:/|per|a) ?(?:month|week|year)\b",
    r"\bs'abonner\b|\babonnez-vous\b|\binscrivez-vous\b|\bnewsletter abonnieren\b|\bjetzt abonnieren\b",
    r"suscríb(?:ete|ase)\b|\b(?:suscribete|suscribase|suscribirse)\b|\bassine\b|\biscriviti\b|اشترك|النشرة|عضویت|خبرنامه|הירשמו|ניוזלטר",
    r"\bif you (?:enjoyed|liked|like|found) (?:this|our|what)\b|\bmembers get\b|\bconsider (?:donating|subscribing|supporting|becoming|joining)\b",
    r"\bshare your (?:thoughts|story|views|opinion)\b|\blet us know\b|\btell us\b.{0,40}\b(?:comments?|below|what you)\b",
)
# The page speaking of itself: consent, rights, buttons, players, sharing, comments.
_FURNITURE = (
    r"\bskip to (?:main )?(?:content|navigation|article|search)\b|\bback to top\b|\bmain (?:menu|navigation)\b",
    r"\bcookies?\b(?! (?:dough|jar|recipe|cutter|baking))|\bprivacy (?:policy|notice|settings|choices|statement)\b",
    r"\bterms (?:of|and|&) (?:use|service|conditions)\b|\bdo not sell\b|\badvertis(?:e|ement|ements|ing) (?:with|policy)\b",
    r"\ball rights reserved\b|\bcopyright\b|©|\(c\) ?(?:19|20)\d\d|\brepublish(?:ed)? with permission\b|\breproduced\b.{0,30}\bpermission\b",
    r"\bshare (?:this|on|via|article|it)\b|\bclick (?:here|to|on|for)\b|\btap (?:here|to)\b|\bopens? in (?:a )?new\b",
    r"\bprint this\b|\bcopy (?:this )?link\b|\bemail this\b|\bsend (?:us )?(?:an )?e-?mail\b|\bemail (?:us|me|him|her)\b|\be-mail (?:us|me|him|her)\b",
    r"\bmedia playback\b|\bjavascript\b|\byour browser\b|\bvideo player\b|\bplay video\b|\bwatch (?:now|video|live|:)",
    r"\bcomments? (?:section|policy|are|\(\d+\))|\bleave a (?:comment|reply)\b|\bpost a comment\b|\bview comments\b|\breplies\b",
    r"\bwe (?:may )?(?:earn|receive|get) (?:a )?(?:small )?commission|\baffiliate (?:links?|commission)\b|\bsponsored (?:content|by)\b",
    r"\bthis (?:site|website|page|article|story|post|content) (?:uses|is protected|was (?:originally )?(?:published|produced|written|updated|amended)|originally appeared|has been reviewed|first appeared|is republished)",
    r"\bmore (?:on|from|about|in|stories|news|coverage|articles)\b.{0,30}$|^(?:read|see|learn|show|load|view) (?:more|also|all|next|full)\b",
    r"\bread (?:the )?(?:full|original|more|next|also)\b.{0,60}$|\brelated (?:articles?|stories|topics?|content|links?|coverage|posts?)\b",
    r"\brecommended (?:for you|stories|articles|reading|videos)\b|\byou (?:may|might) (?:also )?(?:like|be interested)\b|\bdon['’]t miss\b",
    r"\bmost (?:read|popular|viewed|shared|recent|commented)\b|\btrending\b|\btop stories\b|\blatest (?:news|stories|videos|headlines)\b|\beditor['’]?s['’]? picks?\b",
    r"\bcontributed to this (?:report|story|article)\b|\bcan be reached (?:at|on|via)\b|\breach (?:him|her|them|the reporter) at\b|\bcontact (?:the )?(?:author|reporter|us|him|her)\b",
    r"\bhave (?:a tip|you got a story|a story)\b|\bsend (?:your )?tips\b|\breport (?:a )?(?:typo|correction|error)s?\b|\bsee something wrong\b",
    r"\b(?:minute|minutes|min|mins|hour|hours|hr|hrs|day|days|week|weeks|month|months) ago\b|\bmin(?:ute)?s? read\b|\bcomments\b(?<=\d comments)|\bcomment\b(?<=\d comment)|\bshares\b(?<=\d shares)|\bshare\b(?<=\d share)",
    r"\bcontent(?:s)? (?:continues|below)\b|\bstory continues\b|\barticle continues\b|\badvertisement\b|\bscroll (?:down|to)\b",
    r"\blire (?:aussi|la suite)\b|\blesen sie auch\b|\bmehr zum thema\b|\blea tambi[eé]n\b|\bleia (?:também|mais)\b|\bmentions légales\b|\bimpressum\b|\bdatenschutz\b|اقرأ أيضا|بیشتر بخوانید|כתבות נוספות",
    r"\bfill out the form\b|\b(?:form|link|comments) below\b|\bstory ideas\b|^(?:see|read|watch|listen|also read|see also|related)\b ?(?:more|also|here)?:",
    r"^(?:see|watch|read) more|^(?:more information|citation|journal reference|journal information|provided by|further reading)\b ?:",
)
# The picture's words: a caption or its credit.
_CREDIT = (
    r"\b(?:photo|image|picture|pic|video|photograph|illustration|graphic|screenshot|credit|source|photos|images|pictures|pics|videos|photographs|illustrations|graphics|credits|sources|courtesy|foto|bild)\b ?(?:by|credit|courtesy|copyright|caption|:|/|\||©)",
    r"\((?:photo|image|picture|pic|credit|ap photo|file|getty|reuters|via)\b[^)]*\)",
    r"\b(?:getty|shutterstock|istock|istockphoto|unsplash|alamy|wireimage|filmmagic|pexels|flickr|imagn)\b|\bap photo\b|\badobe stock\b|\busa today sports\b|\bicon sportswire\b",
    r"\bcourtesy (?:of|photo)\b|^(?:media|image) (?:caption|copyright)|\benlarge\b(?: this)? image\b|\bview gallery\b|\(file\)|/(?:ap|afp|reuters|getty|epa|bloomberg)\b",
    r"\([a-z][\w .'’-]{3,40}/[a-z][\w .'’-]{2,40}\)\W*$",
    r"\bfile (?:photo|picture|image)\b|\bpictured (?:here|above|left|right|in)\b|\b(?:left|right|center|above|below)\) (?:and|with|is)\b",
    # A wire's caption names the weekday and the full day, which no wire's text does.
    r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday), (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}, (?:19|20)\d\d\b",
)
# A line after which nothing of the article stands: how it begins, and what may follow.
_END = (
    (
        r"related|more|read more|read next|read also|see also|recommended|comments?|most (?:read|popular|viewed)|trending|latest|popular|tags?|topics?|filed under|categories|about the authors?|about us|footnotes?|next article|previous article|editor'?s'? picks|top stories|up next|leave a reply|sources?|references|contact",
        r"\b[^.]{0,40}$",
    ),
    (
        r"more (?:on|from|about|in|stories|news)|related (?:articles?|stories|topics|content|links|posts)|you (?:may|might) (?:also )?(?:like|be interested)|recommended (?:for|stories)|(?:join|start) (?:the|your) (?:discussion|conversation)",
        r"\b[^.]{0,60}$",
    ),
    (
        r"already a (?:member|subscriber)|sign up for|subscribe (?:to|now|today)|copyright\b|©|all rights reserved|join (?:over|hundreds|thousands|our)",
        "",
    ),
)
LAST_LINES = frozenset(("30", "-30", "30-", "-30-", "###", "* * *", "-end-", "-ends-", "ends"))
# What readers wrote begins here, and nothing of the article follows.
COMMENTS = _any(
    r"^\W*(?:\d[\d,]*|one|show|view|all|join the) (?:comments?|responses?|replies|thoughts?|conversation)\b(?: (?:to|on|so far)\b.*)?[^.]{0,80}$",
    r"^\W*(?:comments?|leave a (?:comment|reply)|post a comment|reader comments|commentaires|kommentare|comentarios|comentários|discussion)\W*(?:\(\d+\))?$",
)
# A line that only interrupts: what stands above it goes on below.
INTERRUPTION = re.compile(
    r"^\W*(?:advertisements?|ads?|sponsored|sponsor message|paid content|promoted|\(button\)|button|image|photo|video|embed|loading\.*|"
    r"(?:article|story|content) continues? (?:below|after)(?: (?:this )?(?:ad|advertisement))?|scroll (?:down )?to continue.{0,20}|anzeige|publicidad|publicité|publicidade|"
    r"share|save|print|tweet|pin|e?-?mail|facebook|twitter|linkedin|whatsapp|copy link|\[[\w ]*\]|[_=*~-]{3,}|x)\W*$|^\W+$",
    re.IGNORECASE,
)
_LONG_INTERRUPTION = 60
_INTERRUPTING_WORDS = """advertisement advertisements ad ads sponsored sponsor paid promoted button image photo video embed loading
    article story content scroll anzeige publicidad publicité publicidade share save print tweet pin email e mail facebook twitter
    linkedin whatsapp copy x"""
_INTERRUPTING = frozenset(_INTERRUPTING_WORDS.split())
# A line on the author, at the head or the foot of an article.
_AUTHOR_VERBS = frozenset(
    ("is", "was", "has", "covers", "writes", "reports", "joined", "serves", "works", "lives", "can")
)
_AUTHOR_IS = re.compile(
    r"\W*(?:[a-z][\w.’'-]+ ){1,4}(?:is|was|has been|covers|writes|reports|joined|serves|works|lives|can be reached)\b.{0,60}\b(?:writer|author|editor|reporter|journalist|correspondent|columnist|contributor|producer|officer|director|professor|founder|freelance|staff|covering|covers|based in)\b"
)
_AUTHOR_LEAD = ((r"about the author|author'?s note|editor'?s note|note:", ""),)
_AUTHOR = (
    r"\b(?:he|she|they) (?:is|was|has|covers?|lives?|writes?|holds?|tweets?|graduated|previously|received)\b.{0,80}\b(?:at|in|for|from|@)\b.{0,60}\b(?:university|twitter|books?|times|post|news|magazine|degree|family)\b",
)
_BY = r"by|von|par|por|بقلم|نوشته"
_BY_ACT = "written|reported|posted|published|story|words|text|analysis|opinion"
BYLINE = re.compile(rf"^\W*(?:(?:{_BY_ACT}) )?(?:{_BY})\b[:\s]+\S", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}\.?"
DATE = re.compile(
    rf"\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:at )?(?:19|20)\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th)?\.? {_MONTH},? (?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d\b",
    re.IGNORECASE,
)
_STAMPED = "updated|published|posted|modified|first published|created|date"
STAMP = re.compile(rf"\W*(?:last )?(?:{_STAMPED})\b")
HOUR = re.compile(r"\d[:.]\d\d ?(?:am|pm|a\.m\.|p\.m\.|et|est|edt|gmt|bst|utc|pst|pt|ist|cet)\b")
ADDRESS = re.compile(r"https?://|www\.|\.(?:com|org|net)\b|@\w+\.\w|@(?<!\w@)\w{3,}")
# What a sentence ends with, and what may stand behind that.
SENTENCE_ENDS = tuple(".!?…。！？؟۔।")
SENTENCE_CLOSERS = "\"'”’»)]*\u00a0 "
BULLET = re.compile(r"^\s*(?:[•·‣▪●○◦*+–—>»]|-(?=\s)|\d{1,2}[.)](?=\s))\s*")
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_JOINED_WORD = re.compile(r"\w+(?:['’]\w+)*")
_PLAIN_WORD = re.compile(r"\w+")
# Words that hold sentences together, and that menus and headlines lack.
_FUNCTION_WORDS = """a an the of to in and or but for with on at by from as that this these those is are was were be been has have had
    he she it they we you i his her its their our your who which what when where while after before because if than then
    not no so into about over under between said says would could will can may more most also there such its did do does
    der die das und ist nicht ein eine von zu mit den dem des sich auf für im auch als bei nach wie wird hat sie er es war
    le la les des un une et est pas que qui dans pour sur avec par ce cette ces il elle ils son sa ses au aux plus été
    el los las una del y que en con por para su se no es lo como más pero ha fue
    o os uma do da dos das em não e com para por se mais como foi ao na no
    في من على إلى عن أن التي الذي هذا هذه كان قال مع بعد و که از به در را با است این آن برای شد می של את על לא הוא היא עם כי"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
SIGNS = Signs(pitch=_PITCH, furniture=_FURNITURE, credit=_CREDIT, author=_AUTHOR)
LEADS = Leads(
    end=_END,
    byline=((rf"{_BY}|(?:{_BY_ACT}) (?:{_BY})", r"\b[:\s]+\S"),),
    stamp=((rf"{_STAMPED}|last (?:{_STAMPED})", r"\b"),),
    author=_AUTHOR_LEAD,
)


def words_of(text: str) -> list[str]:
    """Return what WORD finds in a text; where no sign asks for its care, a plainer expression finds the same sooner."""
    if "_" in text:
        return WORD.findall(text)
    return (_JOINED_WORD if "'" in text or "’" in text else _PLAIN_WORD).findall(text)


def is_interruption(text: str, words: Sequence[str]) -> bool:
    """Say whether a line whose words are `words` only interrupts; hardly one begins with a word that such lines do."""
    if words and words[0] not in _INTERRUPTING and "[" not in text:
        return False
    return len(text) < _LONG_INTERRUPTION and bool(INTERRUPTION.match(text))


def is_on_author(small: str, words: Sequence[str]) -> bool:
    """Say whether a line in small letters begins with a name and says what its bearer does."""
    return not _AUTHOR_VERBS.isdisjoint(words) and bool(_AUTHOR_IS.match(small))
