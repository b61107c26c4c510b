"""Answers to questions come back without a mapping: kind, id and field say where each belongs."""

from __future__ import annotations

from support.mapped import MappedFolder, fates, reasons, told, values

HEAD = "kind,id,field,question,current,answer,owner\n"


def test_answers_are_values_of_their_fields(here: MappedFolder) -> None:
    harvest = here.read(
        None,
        answers=HEAD
        + """\
server,erp-db-1,ram_gb,How much memory?,,64 GB,ops
server,erp-db-1,end_of_support,Until when?,2026-01-01,30/09/2026,ops
application,erp,criticality,How critical?,medium,Critique,CFO
Application,erp,max_downtime_hours,How long may it be away?,,4h30,CFO
applications,erp,depends_on,What does it need?,,sso; dns,CFO
application,erp,effort.dba,Days?,,"2,5",CFO
application,erp,allowed_countries,Where?,,"France, DE",CFO
site,paris,exit_by,When?,,,ops
""",
    )
    assert values(harvest) == {
        ("server", "erp-db-1"): {"ram_gb": "64", "end_of_support": "2026-09-30"},
        ("application", "erp"): {
            "criticality": "critical",
            "max_downtime_hours": "4.5",
            "effort.dba": "2.5",
            "allowed_countries": ("FR", "DE"),
        },
        ("dependency", "erp → sso"): {"consumer": "erp", "provider": "sso"},
        ("dependency", "erp → dns"): {"consumer": "erp", "provider": "dns"},
    }
    assert str(harvest.records[0].location("ram_gb")).endswith("answers.csv:2:6")
    assert fates(harvest) == {"imported": 7, "skipped": 1}
    assert reasons(harvest) == [(9, "it is not answered")]
    assert not harvest.findings


def test_answers_that_cannot_be_taken_in_are_told_where_they_stand(here: MappedFolder) -> None:
    harvest = here.read(
        None,
        answers=HEAD
        + """\
rack,r1,height,?,,2,
server,,vcpu,?,,2,
server,a,vcpus,?,,2,
server,a,vcpu,?,,many,
server,a,end_of_support,?,,05/03/2026,
server,a,not_before,?,,2026-03-05,
""",
    )
    assert told(harvest) == [
        "answers.csv:2:1 WP534 'rack' is none of the kinds of thing that have fields",
        "answers.csv:3:2 WP534 the answer does not say for which server it is",
        "answers.csv:4:3 WP534 of the kind server there is no field 'vcpus' that an answer can set",
        "answers.csv:5:6 WP534 the answer for 'vcpu' of a: 'many' is not a number",
        (
            "answers.csv:6:6 WP534 the answer for 'end_of_support' of a: '05/03/2026' may be 2026-03-05 or 2026-05-03: "
            "does the day or the month come first?"
        ),
    ]
    assert fates(harvest) == {"imported": 1, "skipped": 5}
    assert here.read(None, options={"date_order": "dmy"}, answers=HEAD + "server,a,not_before,?,,05/03/2026,\n").records


def test_sheets_beside_the_answers_are_told_as_skipped(here: MappedFolder) -> None:
    harvest = here.read(None, answers=HEAD + "server,a,vcpu,?,,2,\n", notes="x\n1\n")
    assert fates(harvest) == {"imported": 1, "skipped": 2}


def test_two_answers_to_one_question(here: MappedFolder) -> None:
    harvest = here.read(None, answers=HEAD + "server,a,vcpu,?,,2,x\nserver,a,vcpu,?,,4,y\n")
    assert told(harvest) == ["answers.csv:3:6 WP533 'vcpu' of a is 4 here and 2 at answers.csv:2, which is kept"]


def test_amounts_by_team_come_in_one_cell(here: MappedFolder) -> None:
    harvest = here.read(
        None,
        answers=HEAD
        + """\
application,erp,effort,?,,"dba: 2,5 j; network 1",
application,crm,crew,?,,"2 dba, testers 3",
site,paris,users,?,,1200,
site,lyon,users,?,,"office 100; plant 20",
application,hr,effort,?,,a lot,
""",
    )
    assert values(harvest) == {
        ("application", "erp"): {"effort.dba": "2.5", "effort.network": "1"},
        ("application", "crm"): {"crew.dba": "2", "crew.testers": "3"},
        ("site", "paris"): {"users": "1200"},
        ("site", "lyon"): {"users.office": "100", "users.plant": "20"},
    }
    assert told(harvest) == [
        (
            "answers.csv:6:6 WP534 the answer for 'effort' of hr: 'a lot' is not a team and a number: "
            "write dba 2; network 1.5"
        ),
    ]
