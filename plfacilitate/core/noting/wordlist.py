"""Words that begin a sentence or are written large without naming anybody.

Owns the list, in lower case. Never decides what is a name (`core.noting.unnamed`).
"""

from __future__ import annotations

CALENDAR = """
monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun january february march april june
july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec christmas halloween
thanksgiving easter ramadan juneteenth diwali hanukkah
"""
SCHOOL = """
school schools elementary middle high district academy campus room rooms grade grades kindergarten teacher teachers student
students principal principals assistant coach counselor librarian para paraeducator paraprofessional aide observer visitor
visitors host facilitator superintendent director specialist sub substitute class classroom library gym cafeteria office
hallway lab studio period block bell lesson unit chapter page step steps part level levels group groups table tables team
teams station stations center centers board boards smartboard whiteboard poster chart wall door desk desks task tasks goal
goals profile profiles plan plans path paths rubric quiz test exit ticket slip warmup journal notebook portfolio worksheet
homework project projects question questions answer answers partner partners pair pairs whole small silence noise mr mrs
ms mx miss dr sr jr sir maam mom dad mama papa grandma grandpa mother father parent parents family families child children
kid kids boy boys girl girls adult adults person people everybody everyone somebody someone anybody anyone nobody others
"""
SUBJECTS = """
math maths mathematics algebra geometry calculus statistics english ela language arts reading writing literacy science
biology chemistry physics history civics geography social studies economics art music band choir orchestra drama dance pe
health spanish french german chinese mandarin japanese korean vietnamese somali russian ukrainian arabic tagalog latin sign
stem steam advisory homeroom sel esl ell iep avid ib ap cte google docs slides sheets classroom chromebook chromebooks ipad
ipads kahoot desmos khan canvas schoology seesaw padlet quizlet scratch python zoom youtube powerpoint word excel internet
wifi american african asian european native hispanic latino latina indigenous america africa asia europe mexico canada
washington seattle renton tukwila kent tacoma auburn burien highline federal road map puget sound king county state
united states earth moon mars god bible wikipedia lego minecraft
"""
ORDINARY = """
a about above across act acts add adds after again against ago all almost alone along already also although always am among
an and another any anything are around as ask asked asking asks at away back be because become becomes been before began
begin begins behind being below beside besides best better between big both break bring brings brought build builds but buy
by call called calls came can cannot care careful carry cause change changes check checked checks choice choices choose
chooses chose clean clear clearly close closed closes come comes compare compares continue copies copy correct could count
counts cut day dear decide decides describe describes did different direct directions discuss discusses do does doing don
done draw draws drew during each early easy eight either else end ends enough enter enters entered even evening every
everything exactly example excellent explain explains eyes face fact far fast feel feels few fifth find finds finish
finished finishes first five follow follows for found four fourth free from full gather gathers gave get gets getting give
given gives go goes going gone good got great guess had half hand handed hands happy hard has have having he head hear heard
hears hello help helped helps hence her here hers herself hey hi him himself his hold holds hour hours how however i idea
ideas if imagine in inside instead into is it its itself join joins just keep keeps kept kind knew know knows last late
later laugh laughs lead leads learn learns leave leaves led left less let lets lights like line lines list lists listen
listens little long look looked looking looks lot loud louder lunch made make makes making many materials may maybe me mean
means meet might mine minute minutes model models more morning most mostly move moved moves much music must my myself near
need needs never new next nice nine no nobody none noon nor not note notes nothing notice notices now number numbers of off
often oh ok okay old on once one ones only open opened opens or order other our ours out outside over own pass passes pause
pauses perfect perhaps pick picks picture place places play plays please point points praise present presents probably
problem put puts quick quickly quiet quite raise raised raises ran rather read reads ready really recall reflect remember
remind reminds repeat repeats report reports review right rotate rotates rules run runs said same sat save saw say saying
says second see seen sees sent seven several shall share shared shares she should show showed shown shows silent silently
since sit sits sitting six so some something sometimes soon sorry sort sorts sound speak speaks spent stand standing stands
start started starts stay stays still stop stopped stops such sure switch take taken takes taking talk talked talking talks
tell tells ten than thank thanks that the their theirs them themselves then there these they thing things think thinking
thinks third this those though thought three through thus time times to today together told tomorrow tonight too took top
touch toward try trying turn turned turns two type types under understand until up upon us use used uses using usually very
voice voices wait waited waiting waits walk walked walking walks want wants was watch watches way we well went were what
whatever when whenever where wherever whether which while whispers who whoever whom whose why will with within without
wonder wonderful wonders won words work worked working works worry would write writes writing written wrote yeah year years
yes yesterday yet you your yours yourself zero ain aren couldn didn doesn hadn hasn haven isn shouldn wasn weren wouldn
agree agrees agreement anyway apparently area brainstorm bravo calm calmly choral circle clap claps class cold collect
collects common complete connect connects consider create creates criteria deep define dim draft drafts due edit emphasis
energy evidence feedback fine focus folder folders freeze freely frequent fun further general gentle glance happens
hmm homeroom immediately important independent independently individual individually interesting intro introduces keyboard
laptops later left loudly lowers materials mini mm movement music mute neither nods objective objectives observes okay
opening oops orally otherwise outcome pacing paper papers participation pencil pencils phones practice prompt prompts quietly
rest result results routine rows scan scans screen screens seat seats seven shh side signal similar slide slow slowly smile
smiles soft song space speaker stem still strategy summary super supplies support sweep talking teach team text texts
thumbs timer tour transition transitions true uh um usual version video wow yep
"""

NEVER = frozenset(CALENDAR.split()) | frozenset(SCHOOL.split()) | frozenset(SUBJECTS.split())
"""Written large wherever they stand, and nobody's name."""
COMMON = frozenset(ORDINARY.split())
"""Nobody's name where a sentence begins with them."""
