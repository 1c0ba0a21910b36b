"""Hold the words that make a sentence a claim about health, and those that make it none.

Plain lists, all in lower case, so that an editor can add a word. `claim_language` builds its
patterns from them; a phrase is only tried when one of the words named before it is there.
"""

from __future__ import annotations

NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty"
    " sixty ninety".split()
)
SHARE_WORDS = frozenset(
    "half third thirds quarter quarters fifth majority most once twice thrice double doubles"
    " doubled triple triples tripled halve halves halved percent cent twofold threefold times"
    " hundreds thousands million millions dozens few several out".split()
)
COUNTED = (
    "adults? americans? babies births? boys cases cataracts? children clinicians deaths"
    " episodes girls hospitals infants injections injuries lives men mothers newborns nurses"
    " papers participants patients people physicians pregnancies procedures reviews sessions"
    " smokers studies subjects surveys teenagers teens therapists treatments trials users"
    " volunteers women"
).split()
DOSE_UNITS = (
    "mg mcg µg μg g kg ml iu mmhg mmol milligrams? micrograms? grams? milliliters? units? calories"
    " kcal steps puffs"
).split()

HARM_VERBS = (
    "aggravate aggravates amplify amplifies cause causes caused collapse damage damages"
    " damaged disturb disturbs endanger endangers harm harms harmed impair impairs injure"
    " injures irritate irritates kill kills killed lead leads led poison poisons provoke"
    " provokes puncture punctures scar scars thin thins trigger triggers triggered weaken"
    " weakens worsen worsens worsened"
).split()
BENEFIT_VERBS = (
    "alleviate alleviates boost boosts calm calms control controls controlled cure cures"
    " cured curb curbs cut cuts decrease decreases decreased ease eases eased eliminate"
    " eliminates enhance enhances fight fights heal heals healed help helps helped improve"
    " improves improved lessen lessens lift lifts lower lowers lowered numb numbs outperform"
    " outperforms outperformed prevent prevents prevented promote promotes promoted protect"
    " protects protected rebuild rebuilds reduce reduces reduced relax relaxes relaxed relieve"
    " relieves relieved restore restores restored reverse reverses reversed save saves saved"
    " shorten shortens shortened slow slows slowed soothe soothes speed speeds stop stops"
    " stopped strengthen strengthens strengthened treat treats treated"
).split()

NAMES = frozenset(
    {"trigger point", "trigger points", "trigger finger", "lower back", "control group"}
)
"""Pairs of words that begin like a verb and name a thing."""
MODALS = frozenset(
    "can could may might will would should not also often sometimes does do did usually even just"
    " only actually seems never rarely always further and or that who which it they".split()
)
TO_EFFECT = frozenset(
    "help helps helped seem seems appear appears shown known found said likely tend tends proven"
    " thought enough able believed reported".split()
)
PLURALS = frozenset("people children women men".split())
"""Subjects of a verb without an s, beside words that end in one."""
NOT_A_SUBJECT = frozenset(
    "a an the of in on for with at by from to your my his her its their our this these those no any"
    " some small deep less more much common possible main first second feel get".split()
)

HARM_PHRASES = r"""
effect effects event events reaction reactions: (?:side|adverse|unwanted) WORD (?:of|from|include)\b
effect effects event events reaction reactions: (?:side|adverse|unwanted) WORD (?:are|is|were|was)\b
effect effects event events reaction reactions: (?:side|adverse|unwanted) WORD (?:can|may|have)\b
effect effects event events reaction reactions: (?:few|fewer|no|serious|minor|major) \w+ WORD\b
effect effects event events reaction reactions: most common (?:\w+ )?WORD\b
reaction reactions complication complications: WORD (?:\w+ ){0,4}(?:rare|common)\b
complication complications: WORD (?:are|is|include|can|may|occur)\b
risk risks chance chances odds likelihood level levels: RISES (?:\w+ ){0,2}WORD\b
risk risks: risk factors?\b|(?:no|a|at) (?:\w+ )?risk (?:of|for)\b
risk risks: risks? of (?:\w+ ){1,4}(?:rises?|drops?|falls?|is|are|goes)\b
risk risks: (?:carry|carries|these|has|have|poses?) (?:\w+ ){0,2}risks?\b
warning: (?:carry|carries) (?:\w+ ){0,2}warning\b
likely: (?:more|less|most) likely\b
unlikely unsafe: (?:unlikely|unsafe)\b
safe: (?:is|are|was|were|be|seems?|appears?|considered) (?:\w+ )?safe\b
linked tied related: (?:linked|tied|related) to\b
associated contributes contribute: associated with\b|contributes? to\b
result results: results? in\b
occur happen follow: (?:may|can|might|could) (?:also |sometimes )?(?:occur|happen|follow)\b
set sets pass passes interacts interact: sets? off\b|pass(?:es)? on\b|interacts? with\b
life-threatening deadly fatal lethal toxic poisonous addictive: BE (?:\w+ ){0,2}WORD\b
dangerous harmful contagious habit-forming: BE (?:\w+ ){0,2}WORD\b
deadly fatal dangerous toxic: (?:deadly|fatal|dangerous|toxic) \w+
drowsy defects botulism death: drowsy|birth defects|botulism|death (?:rates?|from)\b
effective: less effective\b
rare common uncommon: BE (?:\w+ )?(?:rare|common|uncommon)\b(?! names?)|rare cases\b
rarely: rarely (?:causes?|occurs?|happens?)\b
scars scar: leaves? (?:\w+ )?scars?\b
often frequently: more (?:often|frequently)\b
"""
"""Lines of `words: pattern`, tried when one of the words is there; WORD is any of them."""

BENEFIT_PHRASES = r"""
effective ineffective: (?:is|are|was|were|be|among the) (?:\w+ ){0,2}(?:in)?effective\b
effective: effective (?:in|for|at|against|treatment|way|drug|remedy)\b
work: (?:does|do|did|may|might|can) (?:not )?work\b(?! out| with| for you)
work works worked working: WORD (?:as|better|best|well|no better|against)\b
work works worked working: WORD (?:for|in) (?:most|many|some)\b|shown to work\b
benefit benefits relief: (?:offers?|has|have|shows?|showed) (?:[\w-]+ ){0,4}WORD\b
benefit benefits relief: (?:brings?|gives?|gave|provides?) (?:[\w-]+ ){0,4}WORD\b
benefit benefits: benefits? (?:of|from|in|for|include|most|many|some|people|patients)\b
difference: made (?:no|little|a) (?:\w+ )?difference\b
evidence: evidence (?:\w+ )?(?:that|suggests?|shows?|supports?)\b
helpful useful: (?:helpful|useful) (?:in|for|against|treatment|way|to)\b
helpful useful: (?:may|can|might) be (?:helpful|useful)\b
proven: proven (?:to|treatment|remedy|way|cure)\b
effect effects: (?:no|little|a|any) (?:\w+ )?effects? (?:on|in|against)\b
essential: essential (?:for|to)\b
less: (?:report|reports|reported|had|have|felt|feel) (?:\w+ )?less (?:\w+ )?(?:pain|stiffness)\b
down: brings? (?:\w+ ){0,2}down\b
keep keeps: keeps? (?:the |your )?\w+ (?:flexible|healthy|strong|open|away|down)\b
than: (?:better|more|worse|faster) than (?:an? )?(?:\w+ )?(?:sham|placebo|no treatment|usual care)\b
builds gain: (?:builds?|gain in) (?:\w+ )?(?:strength|mobility|range|muscle|flexibility|bones?)\b
increase increases increased: WORD (?:\w+ )?(?:strength|mobility|range|muscle|flexibility)\b
"""
"""As above."""

PHRASE_PARTS = {
    "RISES": (
        r"(?:raises?|raised|increas(?:es?|ed|ing)|doubles?|doubled|adds to|higher|greater|lowers?"
        r"|lowered|cuts?|reduc(?:es?|ed)|small|slight|little|high|low)"
    ),
    "BE": r"(?:is|are|be|was|were|can|may)",
}
"""What the words in capitals stand for."""

ADVICE_VERBS = frozenset(
    "add aim always apply ask avoid be begin book breathe bring brush buy call carry change"
    " check choose clean consider contact continue cook cover cut discuss do don't drink dry eat"
    " elevate exercise find focus follow get give go have hold jot keep learn leave let lie lift"
    " limit listen look lower maintain make measure monitor move never note pat pick place plan"
    " please practice prepare press protect put reach read remember remove rest rinse schedule"
    " seek see set share show sign sit sleep soak spread stand start stay stop store stretch"
    " switch take talk tell test throw touch treat try turn use visit wait walk warm wash watch"
    " wear weigh work write".split()
)
ADVICE_SECOND = frozenset(
    "is are was were can may might could will does do did has have helps therapy training apnea"
    " medicine aids pills alone and or that lowers seems needling needles mouth skin eyes".split()
)
LEGAL = frozenset(
    "law laws legal license licensed licenses insurer insurers insurance medicare medicaid payer"
    " payers states state prescription coverage schools".split()
)
PROFESSIONS = (
    "therapists? doctors? nurses? surgeons? dentists? midwives midwife psychologists? counselors?"
    " pharmacists? chiropractors? trainers? specialists? clinicians? practitioners?"
).split()
SELLERS = "maker makers manufacturer brand label labels leaflet seller company"
