"""How each language writes days, months and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Almanac:
    """Names of days (Monday first) and months, and the signs around numbers. `ticks` stand above cells of a week."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    full_months: tuple[str, ...]
    ticks: tuple[str, ...]
    first_of_month: str
    thousands: str
    decimal_point: str
    before_percent: str
    colon: str
    singular: Mapping[str, str]


_ENGLISH = Almanac(
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    full_months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    ticks=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    first_of_month="1",
    thousands=",",
    decimal_point=".",
    before_percent="",
    colon=": ",
    singular={},
)
_FRENCH = Almanac(
    weekdays=("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
    months=("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
    full_months=(
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
    ticks=("jan", "fév", "mar", "avr", "mai", "juin", "juil", "aoû", "sep", "oct", "nov", "déc"),
    first_of_month="1er",
    thousands="\u202f",
    decimal_point=",",
    before_percent="\u202f",
    colon="\u00a0: ",
    singular={
        "applications": "application",
        "créneaux": "créneau",
        "éléments": "élément",
        "erreurs": "erreur",
        "heures": "heure",
        "jours": "jour",
        "jours-personnes": "jour-personne",
        "lots": "lot",
        "personnes": "personne",
        "serveurs": "serveur",
        "services": "service",
        "sites": "site",
        "utilisateurs": "utilisateur",
        "vagues": "vague",
    },
)
ALMANACS = {"en": _ENGLISH, "fr": _FRENCH}
