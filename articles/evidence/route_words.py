"""What the routes are called by which a medicine is given. Plain words; no medicine is named here.

After the FDA's "Route of Administration" data standard, with lay words beside its terms. A general route, as
"injection", is any of those that it covers.
"""

import re
import string
from functools import cache
from typing import NamedTuple


class Route(NamedTuple):
    """How texts name a route, as patterns: `ways` follow a verb ("by mouth"), `kinds` stand before a medicine ("oral"),
    `forms` are what holds it ("capsule"), `verbs` say it by themselves ("swallow").
    """

    ways: str = ""
    kinds: str = ""
    forms: str = ""
    verbs: str = ""
    covers: tuple[str, ...] = ()


_THE = r"(?:the|a|an|your|his|her|their|one|each|either)"
_SORE = (
    r"(?:sore|painful|swollen|stiff|affected|arthritic|inflamed|tight|large|small|thigh|arm|leg|neck|facet|knee|hip)"
)
_CORD = r"(?:spinal cord|spine|spinal canal|brain and spinal cord|cord|spinal nerves)"
ROUTES: dict[str, Route] = {
    "by mouth": Route(
        r"by mouth|orally|per os", r"oral", r"pills?|capsules?|caplets?|syrups?|oral tablets?", r"swallow(?:s|ed|ing)?"
    ),
    "under the tongue": Route(rf"(?:under|beneath) {_THE} tongues?|sublingually", r"sublingual"),
    "inside the cheek": Route(
        rf"(?:inside|in|against|between) {_THE} cheeks?(?: and gums?)?|through the lining of the mouth|buccally",
        r"buccal|oral transmucosal|transmucosal",
        r"lozenges?|lollipops?",
    ),
    "into a vein": Route(
        rf"(?:in|into|through|via) (?:{_THE} )?(?:arm )?veins?|intravenously|by vein"
        r"|(?:by|through|via) (?:an )?iv|(?:straight |directly )?into the (?:blood ?stream|blood)",
        r"intravenous|iv",
    ),
    "into a muscle": Route(
        rf"into (?:{_THE} )?(?:{_SORE} ){{0,2}}(?:muscles?|buttocks?|thighs?|upper arm)|intramuscularly",
        r"intramuscular|im",
    ),
    "under the skin": Route(
        rf"(?:under|beneath|below|just under) {_THE} skin|subcutaneously|into the fat(?:ty tissue)? under the skin",
        r"subcutaneous",
    ),
    "into the skin": Route(rf"into {_THE} skin|intradermally", r"intradermal"),
    "on the skin": Route(
        rf"(?:on|onto|to|over|through|across) {_THE} (?:(?:intact|unbroken|dry|clean|{_SORE}) ){{0,2}}skin|topically"
        r"|transdermally",
        r"topical|transdermal",
        r"(?:skin )?patch(?:es)?(?! of)|gels?|creams?|ointments?|lotions?|plasters?",
        r"rub(?:s|bed|bing)?|smear(?:s|ed|ing)?",
    ),
    "into the nose": Route(
        rf"(?:in|into|up|through|via) {_THE} (?:nose|nostrils?)|intranasally|nasally",
        r"nasal|intranasal",
        r"(?:nasal|nose) (?:sprays?|drops?|powders?)",
    ),
    "inhaled": Route(r"by inhalation", r"nebulized", r"inhalers?|nebulizers?", r"inhal(?:e|es|ed|ing)"),
    "rectal": Route(rf"rectally|(?:in|into) {_THE} rectum", r"rectal", r"suppositor(?:y|ies)|enemas?"),
    "vaginal": Route(rf"vaginally|(?:in|into) {_THE} vagina", r"vaginal"),
    "into the spinal fluid": Route(
        rf"(?:in|into|to|inside|through|via|near) (?:the )?(?:cerebro)?(?:spinal fluid|csf)|intrathecally"
        rf"|(?:in|into|to|inside) the fluid (?:that (?:surrounds|bathes)|surrounding|bathing|around|of|at) "
        rf"(?:the|your) {_CORD}|(?:in|into|to|inside) (?:the )?(?:intrathecal|subarachnoid) space",
        r"intrathecal",
    ),
    "implanted pump": Route(
        forms=r"(?:(?:implanted|implantable|intrathecal|spinal|pain|drug|medicine|medication|programmable|infusion"
        r"|drug-delivery) ){0,3}pumps?(?! (?:dispensers?|bottles?|sprays?|inhibitors?))"
        r"|intrathecal (?:drug )?(?:delivery )?(?:systems?|devices?)",
    ),
    "into the epidural space": Route(
        r"(?:in|into|to|inside|through|via) the epidural space(?: of the spine)?|epidurally",
        r"epidural",
        r"epidurals?(?: catheters?)?",
    ),
    "beside a nerve": Route(
        rf"(?:near|around|beside|next to|close to|at|onto|alongside) (?:{_THE} )?(?:[a-z]+ )?nerves?(?: roots?)?"
        r"|perineurally",
        r"perineural",
        r"(?:(?:occipital|peripheral|sciatic|facet) )?nerve blocks?|(?:plexus|ganglion|occipital) blocks?",
        covers=("beside a nerve", "into tissue"),  # what is approved for soft tissue is not asked about there
    ),
    "into a joint": Route(
        rf"into (?:{_THE} )?(?:{_SORE} ){{0,2}}(?:joints?|knees?|hips?|shoulders?)|intra-?articularly",
        r"intra-?articular",
        r"(?:joint|knee|hip|shoulder) (?:injections?|shots?)",
    ),
    "into tissue": Route(
        rf"(?:into|around) {_THE} (?:wound|tissue|soft tissue|tendon|surgical site|incision|gums?)",
    ),
    "into the eye": Route(rf"(?:in|into) {_THE} eyes?", r"ophthalmic", r"eye ?drops?"),
    "into the bladder": Route(rf"into {_THE} (?:wall of the )?bladder(?: wall| muscle)?", r"intradetrusor"),
    "into an artery": Route(rf"(?:in|into) {_THE} arter(?:y|ies)|intra-?arterially", r"intra-?arterial"),
    "into the spine": Route(
        rf"(?:into|inside|directly to|straight to|right to|to) {_THE} (?:lower |lumbar )?"
        r"(?:spine|spinal canal|spinal space|spinal cord|spinal column|backbone)|spinally",
        r"spinal|intraspinal|neuraxial",
        r"spinal (?:injections?|blocks?|anesthesia)",
        covers=("into the spinal fluid", "implanted pump", "into the epidural space"),
    ),
    "injection": Route(
        kinds=r"injectable",
        forms=r"injections?|shots?",
        verbs=r"inject(?:s|ed|ing)?",
        covers=(
            *("into a vein", "into a muscle", "under the skin", "into the skin", "into the spinal fluid"),
            *("implanted pump", "into the epidural space", "beside a nerve", "into a joint", "into tissue"),
            *("into the eye", "into the bladder", "into an artery"),
        ),
    ),
    "infusion": Route(
        forms=r"infusions?|drips?",
        verbs=r"infus(?:e|es|ed|ing)",
        covers=(
            *("into a vein", "under the skin", "into the spinal fluid", "implanted pump", "into the epidural space"),
            "beside a nerve",
        ),
    ),
    "tablet": Route(forms=r"tablets?", covers=("by mouth", "under the tongue", "inside the cheek", "vaginal")),
    "spray": Route(forms=r"sprays?", covers=("into the nose", "under the tongue", "inside the cheek", "on the skin")),
}
APPROVED, FORBIDDEN, UNAPPROVED = STATUSES = ("approved", "forbidden", "not approved")  # what a card says of a route
# A pump is one way into the spinal fluid: what is forbidden there is forbidden for the pump.
WITHIN = {"implanted pump": "into the spinal fluid"}
NAMES = tuple(name for name, route in ROUTES.items() if name in (route.covers or (name,)))  # what a card may name

# The signs of an outline. BOTH is a kind or a form, and a PUMP is a form that lies somewhere itself.
WAY, KIND, FORM, BOTH, VERB, PUMP = "\2", "\3", "\4", "\5", "\6", "\7"
_OTHER_PUMPS = (
    r"(?:proton|insulin|pca|patient-controlled|breast|heart|elastomeric|disposable|on-q|external|portable|wearable|worn|syringe|sodium"
    r"|calcium|water|air|foot|muscle|hand)[- ](?:(?:infusion|pain|analgesia) )?pumps?|nasal septum"
)


_LOWER = {
    ord(letter): letter.lower() for letter in string.ascii_uppercase
}  # which keeps every place, as lower() does not


class Named(NamedTuple):
    """A route that a text names, and what part of speech it is (a sign)."""

    start: int
    end: int
    name: str
    sign: str


@cache
def _pattern() -> tuple[re.Pattern[str], re.Pattern[str], list[tuple[str, str]]]:
    """All words of routes, the longest alternatives of each place first by hand: first without groups, which is four
    times as fast, and most sentences have none of them; then in groups, and what each group stands for.
    """
    groups: list[tuple[str, str]] = []
    parts: list[str] = []
    for part, sign in (("ways", WAY), ("forms", FORM), ("kinds", KIND), ("verbs", VERB)):
        for name, route in ROUTES.items():
            if words := getattr(route, part):
                groups.append((name, sign))
                parts.append(words)
    any_of_them = re.compile(rf"\b(?:{'|'.join(parts)})(?![\w-])")
    in_groups = "|".join(f"({words})" for words in parts)
    return any_of_them, re.compile(rf"\b(?:{_OTHER_PUMPS}|{in_groups})(?![\w-])"), groups


def named(text: str) -> list[Named]:
    """The routes that a text names, in order."""
    any_of_them, pattern, groups = _pattern()
    lower = text.translate(_LOWER)
    found: list[Named] = []
    if any_of_them.search(lower) is None:
        return found
    for match in pattern.finditer(lower):
        if match.lastindex:
            name, sign = groups[match.lastindex - 1]
            if sign == FORM and (match[0] == "epidural" or name == "implanted pump"):
                sign = PUMP if name == "implanted pump" else BOTH
            found.append(Named(match.start(), match.end(), name, sign))
    return found
