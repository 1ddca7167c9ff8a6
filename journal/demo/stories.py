"""Who the people of the demo are, and how their treatment goes. Everyone is made up."""

from dataclasses import dataclass, field

SIX = (0, 3, 5, 7, 10, 12)


@dataclass(frozen=True)
class Story:
    """One patient.

    `days` is how long she has kept her journal, `courses` are the days (counted from its first)
    on which infusions were given. Relief is the part of pain, or of what mood lacks, that a
    course takes away; it sets in over 4 days and fades around `holds` days after the last
    infusion. `faithful` is the chance that a day is written down, `quiet` for how many days
    nothing came.
    """

    name: str
    born: int
    days: int = 150
    pain: float = 6.5
    mood: float = 3.5
    courses: tuple[tuple[int, ...], ...] = ()
    pain_relief: float = 0.45
    mood_relief: float = 0.4
    holds: int = 30
    faithful: float = 0.85
    quiet: int = 0
    zone: str = "America/New_York"
    scopes: tuple[str, ...] = ("numbers", "notes", "medicines")
    notes: tuple[str, ...] = field(default=())


def course(first: int, offsets: tuple[int, ...] = SIX) -> tuple[int, ...]:
    """The days of one series of infusions that begins on day `first`."""
    return tuple(first + offset for offset in offsets)


WALKS = (
    "Walked to the lake and back.", "Slept in the chair again.", "A good phone call with Mia.",
    "Rain all day, stiff in the morning.", "Cooked for the first time in weeks.",
    "Too tired to read.", "Sat in the garden for an hour.",
)  # fmt: skip

ANA = Story(
    "Ana Moreno", 1971, days=180, pain=7.0, mood=3.0, holds=33, faithful=0.92,
    courses=(course(20), course(104), (150,)), notes=WALKS,
)  # fmt: skip

TOLD = (
    ANA,
    Story("Jorge Ortiz", 1988, pain=6.8, mood=3.6, holds=12, courses=(course(25), course(95))),
    Story("Beatrice Holloway", 1959, pain_relief=0.04, mood_relief=0.05, courses=(course(30),)),
    Story("Nadia Haddad", 1979, pain_relief=0.05, mood_relief=0.65, courses=(course(40),)),
    Story("Mats Lind", 1966, days=120, quiet=11, courses=(course(60),)),
    Story("Priya Raman", 1994, days=0),
    Story("Walter Szymański-Oppenheimer zu Hohenfels", 1948, days=170, courses=(course(22), (90,))),
    Story("ليلى حداد", 1983, days=100, courses=(course(15),)),
    Story("O", 1990, days=60, faithful=0.6),
    Story(
        "Carmen Delgado", 1975, scopes=("numbers",), courses=(course(30),), zone="America/Chicago"
    ),
    Story("Tom Whitfield", 1962, scopes=()),
    Story("Grace Adeyemi", 1986, scopes=(), courses=(course(35),)),
    # Sinking lately: the panel says so.
    Story("Helen Park", 1969, days=160, mood=6.5, pain=3.5, mood_relief=0, courses=(course(10),)),
)  # fmt: skip

FIRST = (
    "Iris", "Samuel", "Ruth", "Daniel", "Olga", "Peter", "Aisha", "Frank", "Mei", "Lucas", "Elena",
    "Victor", "Hannah", "Omar", "Julia", "Marcus", "Sofia", "Henry", "Amara", "Leo", "Clara",
    "Ivan", "Rosa", "Noah", "Freya", "Diego", "Tess",
)  # fmt: skip
LAST = (
    "Bergström", "Okafor", "Nguyen", "Castillo", "Fischer", "Marino", "Patel", "Doyle", "Tanaka",
    "Novak", "Silva", "Andersson", "Khan", "Lambert", "Costa", "Weber", "Rossi", "Murphy", "Kim",
    "Larsen", "Petrov", "Fernandez", "Haas", "Quinn", "Moreau", "Sato", "Brandt",
)  # fmt: skip
