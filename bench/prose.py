"""The words of the benchmark's articles: openings, middles and ends of sentences, which `corpus` puts together.

Everything here is invented and says nothing; what matters is that it reads to a parser and a matcher as news does.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple


class Voice(NamedTuple):
    """One language: parts of sentences; `mention` sentences have a place for a topic's form."""

    lang: str
    dir: str
    openings: tuple[str, ...]
    middles: tuple[str, ...]
    ends: tuple[str, ...]
    mentions: tuple[str, ...]
    stop: str = "."


_ENGLISH = Voice(
    "en",
    "ltr",
    (
        "Two officials",
        "A spokesman for the ministry",
        "Residents of the northern district",
        "The head of the committee",
        "Drivers at the crossing",
        "A statement carried by state television",
        "Members of parliament",
        "The governor's office",
        "A person with knowledge of the talks",
        "Doctors at the main hospital",
        "The port authority",
        "Three traders",
        "An adviser to the prime minister",
        "Analysts who follow the region",
        "The company's representative",
        "A senior diplomat",
        "Witnesses near the bridge",
        "The commander of the garrison",
        "Organisers of the march",
        "A court in the capital",
    ),
    (
        "said on {day} that the road had been closed",
        "confirmed that a delegation would travel there",
        "denied that any agreement had been reached",
        "described the damage as limited",
        "reported that {number} people had been taken to safety",
        "put the number of vehicles at {number}",
        "expected a reply within {few} days",
        "called the decision premature",
        "asked for an inquiry into what happened",
        "said it was too early to name those responsible",
        "spoke of a pause rather than an end",
        "noted that prices had risen by {few} per cent",
        "had heard {few} explosions before dawn",
        "refused to say whether the offer still stood",
        "wanted guarantees that didn't depend on one man",
        "counted {number} families among the displaced",
        "repeated that the schedule hadn't changed",
        "said flights would resume on {day}",
        "welcomed the result, with reservations",
        "blamed the delay on the weather and on a lack of fuel",
    ),
    (
        "after a meeting that lasted {few} hours",
        "while talks went on behind closed doors",
        "as the evening curfew came into force",
        "in the first such move since {year}",
        "although the text has not been published",
        "and said more would follow before the end of the month",
        "according to two people who were present",
        "a day after the funeral drew large crowds",
        "without giving the names of those concerned",
        "despite an earlier promise to the contrary",
        "and the markets took little notice",
        "which both sides have described in different words",
        "under an arrangement made {few} years ago",
        "as heavy rain made the mountain road hard to use",
        "in spite of pressure from its allies abroad",
        "before the session was put off for lack of a quorum",
    ),
    (
        "What it means for {form} was left open, and nobody at the meeting wished to be quoted",
        "Several reports linked the matter to {form}, but gave no further detail",
        "In the view of those who spoke, {form} will be at the centre of the next round",
        "The note mentions {form} only once, in its last paragraph",
        "Questions about {form} were put to the spokesman {few} times",
        "Until {day} there had been no word on {form} from either side",
        "People familiar with {form} say the position has hardly moved since {year}",
        "The document treats {form} as a separate question",
    ),
)

_ARABIC = Voice(
    "ar",
    "rtl",
    ("قال مسؤول كبير", "أعلنت الوزارة", "ذكرت مصادر محلية", "أكد متحدث رسمي", "أفاد شهود عيان", "أوضح رئيس اللجنة"),
    (
        "إن الطريق أغلقت يوم الخميس",
        "أن الوفد سيزور المدينة خلال أيام",
        "أن عدد المصابين بلغ {number}",
        "أن المحادثات لم تنته بعد",
        "أن الأسعار ارتفعت في الأسواق",
        "أنه لا تغيير في الموعد المعلن",
    ),
    (
        "بعد اجتماع استمر {few} ساعات",
        "من دون ذكر تفاصيل أخرى",
        "رغم الضغوط من الخارج",
        "بحسب شخصين حضرا اللقاء",
        "قبل نهاية الشهر الجاري",
    ),
    (
        "وتناول البيان {form} في فقرته الأخيرة",
        "ولم يصدر تعليق بشأن {form} حتى المساء",
        "وسئل المتحدث عن {form} مرات عدة",
    ),
)
_PERSIAN = Voice(
    "fa",
    "rtl",
    ("یک مقام آگاه", "سخنگوی وزارتخانه", "منابع محلی", "رئیس کمیته", "نمایندگان مجلس", "شاهدان عینی"),
    (
        "گفت که جاده روز پنجشنبه بسته شد",
        "اعلام کرد هیئتی به شهر سفر می‌کند",
        "شمار آسیب‌دیدگان را {number} نفر دانست",
        "گفت گفت‌وگوها هنوز پایان نیافته است",
        "از افزایش قیمت‌ها در بازار خبر داد",
        "گفت برنامهٔ اعلام‌شده تغییری نکرده است",
    ),
    (
        "پس از نشستی {few} ساعته",
        "بدون اشاره به جزئیات بیشتر",
        "با وجود فشارهای خارجی",
        "به گفتهٔ دو نفر از حاضران",
        "پیش از پایان ماه جاری",
    ),
    (
        "در این بیانیه از {form} نیز نام برده شده است",
        "دربارهٔ {form} تا شب خبری منتشر نشد",
        "پرسش‌هایی دربارهٔ {form} مطرح شد",
    ),
)
_RUSSIAN = Voice(
    "ru",
    "ltr",
    ("Представитель министерства", "Местные жители", "Глава комитета", "Источник в правительстве", "Двое дипломатов"),
    (
        "сообщили, что дорога закрыта с четверга",
        "заявили о приезде делегации",
        "назвали число пострадавших: {number}",
        "сказали, что переговоры ещё не окончены",
        "отметили рост цен на рынках",
        "не стали называть имена участников",
    ),
    (
        "после встречи, длившейся {few} часов",
        "не сообщив других подробностей",
        "несмотря на давление извне",
        "по словам двух присутствовавших",
        "до конца текущего месяца",
    ),
    (
        "В заявлении упомянуто и {form}",
        "О {form} до вечера ничего не сообщалось",
        "Вопрос о {form} задавали несколько раз",
    ),
)
_GREEK = Voice(
    "el",
    "ltr",
    (
        "Εκπρόσωπος του υπουργείου",
        "Κάτοικοι της περιοχής",
        "Ο πρόεδρος της επιτροπής",
        "Δύο διπλωμάτες",
        "Πηγές της κυβέρνησης",
    ),
    (
        "ανέφεραν ότι ο δρόμος έκλεισε την Πέμπτη",
        "ανακοίνωσαν την άφιξη αντιπροσωπείας",
        "υπολόγισαν τους τραυματίες σε {number}",
        "είπαν ότι οι συνομιλίες δεν τελείωσαν",
        "σημείωσαν την άνοδο των τιμών",
        "δεν θέλησαν να δώσουν ονόματα",
    ),
    (
        "ύστερα από συνάντηση {few} ωρών",
        "χωρίς άλλες λεπτομέρειες",
        "παρά τις πιέσεις από το εξωτερικό",
        "σύμφωνα με δύο παρόντες",
        "πριν από το τέλος του μήνα",
    ),
    (
        "Το κείμενο αναφέρει και το {form}",
        "Για το {form} δεν υπήρξε νεότερο ως το βράδυ",
        "Ερωτήσεις για το {form} έγιναν πολλές",
    ),
)
ENGLISH = _ENGLISH
OTHERS = (_ARABIC, _PERSIAN, _RUSSIAN, _GREEK)
PLACES = ("Baghdad", "Tehran", "Washington", "Beirut", "Erbil", "Kuwait City", "Ankara", "Riyadh", "Vienna", "Basra")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _filled(text: str, chance: random.Random, form: str = "") -> str:
    if "{" not in text:
        return text
    return (
        text.replace("{form}", form)
        .replace("{number}", str(chance.randrange(12, 4000)))
        .replace("{few}", str(chance.randrange(2, 12)))
        .replace("{day}", chance.choice(_DAYS))
        .replace("{year}", str(chance.randrange(1990, 2020)))
    )


def sentence(voice: Voice, chance: random.Random) -> str:
    """Return a sentence of some 18 words that names no topic on purpose."""
    words = f"{chance.choice(voice.openings)} {chance.choice(voice.middles)}"
    words += f" {chance.choice(voice.ends)}" if chance.random() < 0.8 else ""
    return _filled(words, chance) + voice.stop


def mention(voice: Voice, chance: random.Random, form: str) -> str:
    """Return a sentence that names a topic by one of its forms."""
    return _filled(chance.choice(voice.mentions), chance, form) + voice.stop


def headline(voice: Voice, chance: random.Random, forms: Sequence[str]) -> str:
    """Return a title of 8 to 14 words."""
    words = f"{chance.choice(voice.openings)} {chance.choice(voice.middles)}"
    return _filled(f"{chance.choice(forms)}: {words}" if chance.random() < 0.5 else words, chance)
