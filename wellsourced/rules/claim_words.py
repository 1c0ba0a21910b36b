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
    "cent days double doubled doubles dozens few fifth half halve halved halves hours"
    " hundreds majority million millions minutes months most once out percent quarter quarters"
    " several third thirds thousands threefold thrice times triple tripled triples twice"
    " twofold weeks years".split()
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
    "aggravate aggravated aggravates amplifies amplify cause caused causes collapse damage"
    " damaged damages disturb disturbs endanger endangers harm harmed harms impair impairs"
    " increase increased increases injure injures interfere interferes irritate irritates kill"
    " killed kills lead leads led poison poisons provoke provokes puncture punctures raise"
    " raised raises scar scars thin thins trigger triggered triggers weaken weakens worsen"
    " worsened worsens"
).split()
BENEFIT_VERBS = (
    "alleviate alleviates bolster bolsters boost boosts calm calms control controlled"
    " controls curb curbs cure cured cures cut cuts decrease decreased decreases ease eased"
    " eases eliminate eliminates enhance enhances fight fights heal healed heals help helped"
    " helps improve improved improves lessen lessens lift lifts lower lowered lowers numb"
    " numbs outperform outperformed outperforms prevent prevented prevents promote promoted"
    " promotes protect protected protects rebuild rebuilds recover recovered recovers reduce"
    " reduced reduces relax relaxed relaxes relieve relieved relieves resolve resolved"
    " resolves restore restored restores reverse reversed reverses save saved saves shorten"
    " shortened shortens slow slowed slows soothe soothes speed speeds stop stopped stops"
    " strengthen strengthened strengthens treat treated treats"
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
causes cause source: (?:common|main|leading|major|frequent) (?:causes?|source) (?:of|for)\b
become get: (?:can|may|might|could|will) (?:become|get) (?:chronic|worse|infected|serious)\b
return returns: (?:pain|symptoms?|it|they) (?:\w+ ){0,3}(?:tends? to |may |can |often )return\b
experience develop: (?:people|patients|users|women|men|some|many|you) MAY(?:experience|develop)\b
slower: slower (?:recovery|healing)\b
tolerated: tolerated\b
some many few: (?:some|many|few) risks\b
risk risks: risk factors?\b|(?:no|a|at) (?:\w+ )?risk (?:of|for)\b
risk risks: risks? of (?:\w+ ){1,4}(?:rises?|drops?|falls?|is|are|goes)\b
risk risks: (?:carry|carries|these|has|have|poses?) (?:\w+ ){0,2}risks?\b
effects: (?:has|have|had) (?:\w+ )?side effects\b
warning: (?:carry|carries) (?:\w+ ){0,2}warning\b
likely: (?:more|less|most) likely\b
unlikely unsafe: (?:unlikely|unsafe)\b
safe: safe for (?:use|most|children|older|pregnant|adults)\b
association: (?:strong|clear|close) association\b
serious: (?:a|be|very) (?:\w+ )?serious (?:illness|disease|condition|infection)\b
give: cannot give you\b
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
rare common uncommon: BE (?:very |quite |more )?(?:rare|common|uncommon)\b|rare cases\b
common: most common (?:cause|type|kind|form|complication|injury)\b
common: most common (?:[\w-]+ ){0,2}(?:disorders?|diseases?|cancers?|infections?)\b
prevalent frequent: (?:more|most|less) WORD\b
impact: (?:significant|serious|major|big|large) (?:\w+ )?impact\b|significantly impact\b
rarely: rarely (?:causes?|occurs?|happens?)\b
scars scar: leaves? (?:\w+ )?scars?\b
often frequently: more (?:often|frequently)\b
"""
"""Lines of `words: pattern`, tried when one of the words is there; WORD is any of them."""

BENEFIT_PHRASES = r"""
effective ineffective: (?:is|are|was|were|be|among the) (?:\w+ ){0,2}(?:in)?effective\b
effective: effective (?:in|for|at|against|way|remedy)\b
effective: effective (?:[\w-]+ ){0,2}(?:treatments?|drugs?|medications?|medicines?)\b
work: (?:does|do|did|may|might|can) (?:not )?work\b(?! out| with| for you)
work works: (?<!how )(?<!to )WORD by\b
work works worked working: WORD (?:as|better|best|well|no better|against)\b
work works worked working: WORD (?:for|in) (?:most|many|some)\b|shown to work\b
benefit benefits relief: (?:offers?|has|have|shows?|showed) (?:[\w-]+ ){0,4}WORD\b
benefit benefits relief: (?:brings?|gives?|gave|provides?) (?:[\w-]+ ){0,4}WORD\b
benefit benefits: benefits? (?:of|from|in|for|include|most|many|some|people|patients)\b
difference: made (?:no|little|a) (?:\w+ )?difference\b
evidence: evidence (?:\w+ )?(?:that|suggests?|shows?|supports?)\b
helpful useful: (?:helpful|useful) (?:in|for|against|treatment|way|to)\b
helpful useful: (?:may|can|might) be (?:\w+ )?(?:helpful|useful)\b
better worse: (?<!what )(?:makes?|made|gets?) (?:it |them |the pain |symptoms )?(?:better|worse)\b
best: best ways? to (?!find|learn|know)
successful: successful (?:in|at|for)\b
benefits: vaccination benefits\b
proven proved: (?:proven|proved) (?:to|treatment|remedy|way|cure)\b
shown: shown to\b
suggest suggests suggested shown show shows: (?:research|studies|data) (?:\w+ ){0,5}WORD\b
found concluded: (?:study|studies|trial|review|researchers|survey) (?:\w+ )?WORD\b
supported: supported by (?:[\w-]+[ ,]+){0,5}(?:evidence|research|studies)\b
respond responds: WORD (?:well|better|poorly) to\b
impact: (?:positively|negatively) impact\b
effect effects: (?:no|little|a|any) (?:\w+ )?effects? (?:on|in|against)\b
essential: essential (?:for|to)\b
less: (?:report|reports|reported|had|have|felt|feel) (?:\w+ )?less (?:\w+ )?(?:pain|stiffness)\b
down: (?:brings?|keeps?) (?:[\w-]+ ){0,4}down\b
beneficial promising: beneficial (?:for|in|to|effects?)\b|promising (?:for|in|treatment|results)\b
potential promise: (?:show|shows|shown|showed) (?:\w+ ){0,3}(?:potential|promise)\b
accurate: (?:more|most|less) accurate\b
impact impacts: (?:can|may|also) impact (?:the|your|how)\b
first-line choice: first-line treatment\b|treatment of choice\b
improvement improvements: (?:saw|see|show|showed|shows|reported|found) (?:\w+ )?improvements?\b
fewer: fewer (?:\w+ )?(?:headaches|symptoms|falls|attacks|infections|flare-ups)\b
keep keeps: keeps? (?:the |your )?\w+ (?:flexible|healthy|strong|open|away|down)\b
than: (?:better|worse) than\b|(?:more|faster) than (?:an? )?(?:\w+ )?(?:sham|placebo|usual care)\b
builds gain: (?:builds?|gain in) (?:\w+ )?(?:strength|mobility|range|muscle|flexibility|bones?)\b
increase increases increased: WORD (?:\w+ )?(?:strength|mobility|range|muscle|flexibility)\b
"""
"""As above."""

PHRASE_PARTS = {
    "RISES": (
        r"(?:raises?|raised|increas(?:es?|ed|ing)|doubles?|doubled|adds to|higher|greater|lowers?"
        r"|lowered|cuts?|reduc(?:es?|ed)|small|slight|little|high|low)"
    ),
    "MAY": r"(?:may |can |might |often |will |also )*",
    "BE": r"(?:is|are|be|was|were|can|may)",
}
"""What the words in capitals stand for."""

ADVICE_VERBS = frozenset(
    "add aim always apply ask avoid be begin bend book breathe bring brush buy call carry"
    " change check choose clean consider contact continue cook cover cut discuss do don't"
    " drink dry eat elevate engage exercise find focus follow get give go grab have hold"
    " imagine jot keep lean learn leave let lie lift limit listen look lower maintain make"
    " measure modify monitor move never note pat pick place plan please point practice prepare"
    " press protect pull push put reach read remember remind remove repeat replace report rest"
    " rinse schedule see seek set share show sign sit sleep soak spread stand start stay stop"
    " store straighten stretch switch take talk tell test throw touch treat try turn use visit"
    " wait walk warm wash watch wear weigh work wrap write".split()
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
    " pharmacists? physiotherapists? professionals? chiropractors? trainers? specialists?"
    " clinicians? practitioners?"
).split()
SELLERS = "maker makers manufacturer brand label labels leaflet seller company"
