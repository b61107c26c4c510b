"""What it costs when a fact gives: points that only rank ways out, told in docs/no-plan.md.

A point is about a day on which somebody has to rearrange something.
"""

from __future__ import annotations

from decimal import Decimal

PIN_DAY = Decimal(1)
DATE_DAY = Decimal(1)  # not_before and not_after
GAP_DAY = Decimal(2)  # of an order, or of the cadence
ORDER = Decimal(20)  # an order given up
WINDOW = Decimal(5)  # a restriction of windows, holidays used
FREEZE_DAY = Decimal(2)  # and blackouts
LIMIT_UNIT = Decimal(2)  # of a wave or a lot
PILOT_DAY = Decimal(2)
ABSENCE = Decimal(3)  # a tenth of a team's presence
DEADLINE_DAY = Decimal(3)  # and a tranche's end
WEEKLY_DAY = Decimal(3)  # a person-day a week
KNOWLEDGE_DAY = Decimal(4)
ADOPTION_DAY = Decimal(2)  # less between what people are told or taught and the cutover
ADOPTION = Decimal(12)  # given up
PERSON = Decimal(5)  # in a crew, or on call
HARD_DATE_DAY = Decimal(5)  # a contract's end, a site's exit
DOWNTIME_HOUR = Decimal(5)
WINDOW_HOUR = Decimal(2)
MILESTONE_DAY = Decimal(8)  # promised by others
SOFTENED = Decimal(10)  # a hard tie, and its weight on top
RULE = Decimal(15)  # a rule, or a pilot, given up
CAPACITY_SHARE = Decimal(1)  # a hundredth more than there is
LINK_SHARE = Decimal("0.25")  # the same of a link's speed
COUNTRY = Decimal(50)
