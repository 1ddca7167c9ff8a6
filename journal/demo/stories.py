"""Who the people of the demo are, and how their treatment goes. Everyone is made up."""

from dataclasses import dataclass
from datetime import time

SEED = 20260301
EVERYTHING = ("numbers", "notes", "medicines", "side_effects")
NEW_YORK, CHICAGO = "America/New_York", "America/Chicago"
EVENING, MORNING, NIGHT = time(20, 40), time(8, 15), time(22, 20)


@dataclass(frozen=True)
class Story:
    """One patient.

    `days` is how long she has kept her journal; `series` and `boosters` are counted from its
    first day: where a series of six infusions begins, where a single one was given. `pain` and
    `mood` (0-10) are what they are without relief. Relief is the part of the pain, or of what the
    mood lacks, that infusions take away; it fades around `holds` days after the last one.
    `faithful` is the chance that a day is written down, less 0.12 on a weekend, `quiet` how many
    days ago the last one was, `sinks` for how many it has been getting worse. In `planned` days
    there is an infusion. For her last `elated` days she hardly slept, and was well. At `reminded`
    she wants to be asked each day. `goal` is what she wants to be able to do again; with `nights`
    she writes down most of them in detail.
    """

    name: str
    born: int
    days: int = 150
    pain: float = 6.5
    mood: float = 3.5
    series: tuple[int, ...] = ()
    boosters: tuple[int, ...] = ()
    pain_relief: float = 0.45
    mood_relief: float = 0.4
    holds: int = 30
    faithful: float = 0.85
    quiet: int = 0
    sinks: int = 0
    planned: int | None = None
    elated: int = 0
    agent: str = "racemic"
    at: time = EVENING
    reminded: time | None = None
    zone: str = NEW_YORK
    scopes: tuple[str, ...] = EVERYTHING
    notes: tuple[str, ...] = ()
    goal: str = ""
    nights: bool = False


CHECKLIST = (
    "I have eaten nothing for six hours.",
    "Someone takes me home.",
    "I have taken my medicines as agreed.",
)
ANAS_NOTES = (
    "Walked to the lake and back.", "Slept in the chair again.", "A good phone call with Mia.",
    "Rain all day, stiff in the morning.", "Cooked for the first time in weeks.",
    "Too tired to read.", "Sat in the garden for an hour.", "Shopping took all I had.",
    "Left shoulder better than the right one.", "Woke at four and could not get back to sleep.",
    "Laughed at something on the radio.", "Forgot the tablets until noon.",
)  # fmt: skip
NOTES = (
    "Long drive, back is sore.", "Bad night.", "A little better than yesterday.",
    "Physiotherapy today.", "Stayed in bed until noon.", "Saw friends for dinner.",
    "Weather changed and I felt it.", "Back at work for half a day.",
)  # fmt: skip

ANA = Story(
    "Ana Moreno", 1971, days=180, pain=7.2, mood=2.8, series=(21, 98), boosters=(139,),
    pain_relief=0.55, mood_relief=0.5, holds=33, faithful=0.94, quiet=1, planned=9,
    reminded=time(20), notes=ANAS_NOTES, goal="Walk to the lake and back", nights=True,
)  # fmt: skip
STRONG = Story(
    "Ruth Castellanos", 1964, days=160, pain=7.6, mood=2.6, series=(22,), boosters=(62, 98, 134),
    pain_relief=0.75, mood_relief=0.7, holds=60, faithful=0.9, notes=NOTES,
    goal="Carry my grandson up the stairs", nights=True,
)  # fmt: skip
FADES = Story("Jorge Ortiz", 1988, pain=7.0, mood=3.0, series=(28, 98), pain_relief=0.6,
    mood_relief=0.55, holds=12, at=NIGHT, reminded=time(22), goal="Work a whole day")  # fmt: skip
NON_RESPONDER = Story(
    "Beatrice Holloway", 1959, series=(30,), pain_relief=0, mood_relief=0, faithful=0.95,
    at=MORNING, reminded=time(8), nights=True,
)  # fmt: skip
MOOD_ONLY = Story("Nadia Haddad", 1979, mood=2.6, series=(40, 118), pain_relief=0,
    mood_relief=0.65, holds=40, notes=NOTES)  # fmt: skip
QUIET = Story("Mats Lind", 1966, days=120, quiet=11, series=(60,), reminded=time(19, 30))
JOINED = Story("Priya Raman", 1994, days=0, quiet=1)
SINKING = Story("Helen Park", 1969, days=160, mood=6.5, pain=3.5, mood_relief=0, pain_relief=0.1,
    series=(14,), sinks=8, notes=NOTES)  # fmt: skip
FADING = Story("Teresa Valdez", 1957, pain=7.2, mood=3.2, series=(20,), boosters=(75, 126),
    pain_relief=0.6, mood_relief=0.5, holds=19, faithful=1, notes=NOTES,
    goal="Cook dinner for four")  # fmt: skip
BEFORE_FIRST = Story("Lena Hoffmann", 1991, days=2, planned=5, faithful=1.12)
TOO_EARLY = Story("Paul Rivers", 1970, days=40, boosters=(30,), pain_relief=0, mood_relief=0,
    faithful=1, planned=6, agent="esketamine")  # fmt: skip
STOPPED = Story("Ingrid Solheim", 1953, days=90, boosters=(50,), quiet=38, faithful=1)
GAP = Story("Samir Rahal", 1968, days=90, boosters=(50,), pain_relief=0.6, mood_relief=0.7,
    holds=40, quiet=20, faithful=1)  # fmt: skip
AT_ONCE = Story("Wanda Kowalski", 1980, days=60, boosters=(2,), faithful=1)
LITTLE_PAIN = Story("Edith Crane", 1949, days=75, pain=1.5, mood=3, boosters=(40,), elated=3,
    pain_relief=0.2, mood_relief=0.6, faithful=1.12)  # fmt: skip
NUMBERS_ONLY = Story("Carmen Delgado", 1975, scopes=("numbers",), series=(30,), zone=CHICAGO,
    notes=NOTES)  # fmt: skip
PRIVATE = (
    Story("Tom Whitfield", 1962, scopes=()),
    Story("Grace Adeyemi", 1986, scopes=(), series=(35,)),
)

TOLD = (
    ANA, STRONG, FADES, NON_RESPONDER, MOOD_ONLY, QUIET, JOINED, SINKING, NUMBERS_ONLY, *PRIVATE,
    FADING, BEFORE_FIRST, TOO_EARLY, STOPPED, GAP, AT_ONCE, LITTLE_PAIN,
    Story("Walter Szymański-Oppenheimer zu Hohenfels", 1948, days=170, series=(22,),
        boosters=(90, 140), at=MORNING, notes=NOTES),
    Story("ليلى حداد", 1983, days=100, series=(15,), boosters=(64,)),
    Story("O", 1990, days=60, faithful=0.6, zone="America/Los_Angeles"),
)  # fmt: skip

FIRST = (
    "Iris", "Samuel", "Thandiwe", "Daniel", "Olga", "Peter", "Aisha", "Frank", "Mei", "Lucas",
    "Elena", "Victor", "Hannah", "Omar", "Julia", "Marcus", "Siobhán", "Henry", "Đặng",
)  # fmt: skip
LAST = (
    "Bergström", "Okafor", "Nkosi", "Castillo", "Fischer", "Marino", "Patel", "Doyle", "Tanaka",
    "Novak", "Silva", "Andersson", "Khan", "Lambert", "Costa", "Weber", "O'Rourke", "Murphy",
    "Thu Trang",
)  # fmt: skip
