"""Captures as flows: columns by many names, logs and lists of sockets, every row accounted for."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from waveplan.errors import UnreadableInputError, UsageError
from waveplan.imports.harvest import Flow, Harvest, Reading
from waveplan.imports.sources.flows import SOURCE


def read(folder: Path, text: str | bytes, name: str = "capture.csv", **options: str) -> Harvest:
    path = folder / name
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return SOURCE.read([path], Reading(options=options))


def told(flow: Flow) -> tuple[str, str, int | None]:
    return flow.source.server or flow.source.address, flow.target.server or flow.target.address, flow.port


def skipped(harvest: Harvest) -> list[str]:
    return [str(entry.reason) for entry in harvest.accounts.entries() if entry.fate == "skipped"]


@pytest.mark.parametrize(
    "headers",
    [
        "source,target,port",
        "Source Name,Destination Name,Destination Port",
        "src_host,dst_host,dst_port",
        "Client;Server;Service port",
        "Serveur source;Serveur cible;Port de destination",
        "Nom du serveur source;Nom du serveur de destination;Port cible",
        "From\tTo\tPort",
        "consumer|provider|port",
    ],
)
def test_ends_are_found_by_many_names(headers: str, tmp_path: Path) -> None:
    delimiter = next(each for each in ",;\t|" if each in headers)
    found = read(tmp_path, f"{headers}\n" + delimiter.join(("web-01", "db-01", "1521")) + "\n")
    assert [told(flow) for flow in found.flows] == [("web-01", "db-01", 1521)]
    assert not found.findings


def test_all_that_a_row_says_is_added_up(tmp_path: Path) -> None:
    rows = [
        "Source;Adresse IP source;Cible;Port;Protocole;Processus;Volume (Mo);Connexions;Première vue;Dernière vue",
        "web-01;10.1.0.11;db-01;1521;6;/opt/oracle/bin/oracle -x;1,5;1 000;04/05/2026 09:00;13/05/2026 18:30",
        "web-01;10.1.0.11;db-01;1521;6;oracle;0,5;11;03/05/2026 08:00;05/05/2026",
    ]
    (flow,) = read(tmp_path, "\n".join(rows)).flows
    assert (flow.source.server, flow.source.address, flow.target.process) == ("web-01", "10.1.0.11", "oracle")
    assert (flow.port, flow.protocol, flow.sightings, flow.connections, flow.transferred) == (
        1521,
        "tcp",
        2,
        1011,
        2_000_000,
    )
    assert (flow.first, flow.last) == (datetime(2026, 5, 3, 8, tzinfo=UTC), datetime(2026, 5, 13, 18, 30, tzinfo=UTC))


def test_bytes_sent_and_received_are_added(tmp_path: Path) -> None:
    (flow,) = read(tmp_path, "source,target,port,bytes sent,bytes received\na,b,80,10,5\n").flows
    assert flow.transferred == 15


def test_replies_are_turned_by_their_ports(tmp_path: Path) -> None:
    text = "source,source port,target,port\ndb-01,1521,web-01,51234\nweb-01,51235,db-01,1521\ndb-01,443,old,2100\n"
    found = {(*told(flow), flow.turned) for flow in read(tmp_path, text).flows}
    assert found == {("web-01", "db-01", 1521, True), ("web-01", "db-01", 1521, False), ("old", "db-01", 443, True)}


def test_ports_of_clients_are_not_kept_apart(tmp_path: Path) -> None:
    text = "source,target,port\n" + "".join(f"a,b,{port}\n" for port in range(50_000, 50_200))
    (flow,) = read(tmp_path, text).flows
    assert (flow.port, flow.sightings) == (None, 200)


def test_where_clients_ports_begin_can_be_said(tmp_path: Path) -> None:
    (flow,) = read(tmp_path, "source,target,port\na,b,40000\n", ephemeral="49152").flows
    assert flow.port == 40_000
    with pytest.raises(UsageError, match="port from 1024"):
        read(tmp_path, "source,target,port\na,b,40000\n", ephemeral="x")


def test_a_port_may_stand_behind_the_address(tmp_path: Path) -> None:
    text = "source ip,target ip\n10.1.0.11:51234,10.1.0.31:1521\n10.1.0.11,fd00::31\n"
    assert {told(flow) for flow in read(tmp_path, text).flows} == {
        ("10.1.0.11", "10.1.0.31", 1521),
        ("10.1.0.11", "fd00::31", None),
    }


def test_every_row_that_tells_nothing_says_why(tmp_path: Path) -> None:
    text = (
        "source,target,port,action\n,db-01,1521,ACCEPT\nweb-01,-,1521,ACCEPT\nweb-01,db-01,many,ACCEPT\n"
        "web-01,db-01,1521,REJECT\nweb-01,db-01,99999,ACCEPT\nweb-01,db-01,1521,ACCEPT\n"
    )
    found = read(tmp_path, text)
    assert skipped(found) == [
        "the row names no source",
        "the row names no target",
        "'many' is no port",
        "the connection was refused",
        "'99999' is no port",
    ]
    assert found.accounts.rows() == 6
    assert [flow.sightings for flow in found.flows] == [1]


VPC = """\
2 123456789012 eni-0a 10.1.0.11 10.1.0.31 51234 1521 6 20 4249 1777885200 1777885260 ACCEPT OK
2 123456789012 eni-0a 10.1.0.31 10.1.0.11 1521 51234 6 20 1000 1777885200 1777885260 ACCEPT OK
2 123456789012 eni-0a 10.1.0.99 10.1.0.31 51234 22 6 1 40 1777885200 1777885260 REJECT OK
2 123456789012 eni-0a - - - - - - - 1777885200 1777885260 - NODATA
"""


FIELDS = """\
version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status
"""


@pytest.mark.parametrize("header", ["", FIELDS])
def test_flow_logs_of_clouds_are_read(header: str, tmp_path: Path) -> None:
    found = read(tmp_path, header + VPC, "flows.log")
    assert {(*told(flow), flow.transferred, flow.turned) for flow in found.flows} == {
        ("10.1.0.11", "10.1.0.31", 1521, 4249, False),
        ("10.1.0.11", "10.1.0.31", 1521, 1000, True),
    }
    assert skipped(found) == ["the connection was refused", "the row names no source"]
    assert found.flows[0].first == datetime(2026, 5, 4, 9, tzinfo=UTC)


SS = """\
Netid State  Recv-Q Send-Q Local Address:Port  Peer Address:Port Process
tcp   LISTEN 0      128    0.0.0.0:8443        0.0.0.0:*         users:(("java",pid=12,fd=9))
tcp   ESTAB  0      0      10.1.0.21:8443      10.1.0.11:51234   users:(("java",pid=12,fd=5))
tcp   ESTAB  0      0      10.1.0.21:51299     10.1.0.31:1521    users:(("java",pid=12,fd=6))
"""
NETSTAT = """\
Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
tcp        0      0 0.0.0.0:8443            0.0.0.0:*               LISTEN      12/java
tcp        0      0 10.1.0.21:8443          10.1.0.11:51234         ESTABLISHED 12/java
tcp        0      0 10.1.0.21:51299         10.1.0.31:1521          ESTABLISHED 12/java
"""
WINDOWS = """\

Active Connections

  Proto  Local Address          Foreign Address        State           PID
  TCP    0.0.0.0:8443           0.0.0.0:0              LISTENING       4
  TCP    10.1.0.21:8443         10.1.0.11:51234        ESTABLISHED     4
  TCP    10.1.0.21:51299        10.1.0.31:1521         ESTABLISHED     4
"""


@pytest.mark.parametrize("text", [SS, NETSTAT, WINDOWS], ids=["ss", "netstat", "windows"])
def test_lists_of_sockets_tell_who_called(text: str, tmp_path: Path) -> None:
    found = read(tmp_path, text, "sockets.txt")
    assert {told(flow) for flow in found.flows} == {("10.1.0.11", "10.1.0.21", 8443), ("10.1.0.21", "10.1.0.31", 1521)}
    assert "a socket that listens: nobody talks" in skipped(found)
    assert not any(flow.turned for flow in found.flows)


def test_a_listening_port_is_a_host_s_own_whatever_its_number(tmp_path: Path) -> None:
    text = "Local Address,Local Port,Remote Address,Remote Port,State\n10.1.0.21,61616,10.1.0.11,9000,Established\n"
    assert [told(flow) for flow in read(tmp_path, text).flows] == [("10.1.0.21", "10.1.0.11", 9000)]
    listening = text + "0.0.0.0,61616,0.0.0.0,0,Listen\n"
    (flow,) = read(tmp_path, listening).flows
    assert told(flow)[:2] == ("10.1.0.11", "10.1.0.21")


@pytest.mark.parametrize(("order", "day"), [("dmy", 3), ("mdy", 5)])
def test_which_comes_first_of_day_and_month_can_be_said(order: str, day: int, tmp_path: Path) -> None:
    text = "source,target,port,time\na,b,80,03/05/2026\n"
    (flow,) = read(tmp_path, text, dates=order).flows
    assert flow.first is not None
    assert flow.first.day == day


def test_dates_that_nothing_decides_are_asked_about(tmp_path: Path) -> None:
    found = read(tmp_path, "source,target,port,time\na,b,80,03/05/2026\n")
    assert [each.code for each in found.findings] == ["WP547"]
    assert found.flows[0].first is None
    decided = read(tmp_path, "source,target,port,time\na,b,80,03/05/2026\na,b,80,13/05/2026\n")
    assert not decided.findings
    assert decided.as_of is not None
    with pytest.raises(UsageError, match="dmy, mdy"):
        read(tmp_path, "source,target\na,b\n", dates="ymd")


def test_a_table_without_two_ends_is_told_and_passed_over(tmp_path: Path) -> None:
    found = read(tmp_path, "Date;Volume;Remarque\n01/05/2026;12;rien\n")
    assert [(each.code, each.severity) for each in found.findings] == [("WP545", "error")]
    assert "Date, Volume, Remarque" in found.findings[0].message
    assert found.accounts.rows() == len(skipped(found)) == 2


def test_columns_of_no_use_are_named(tmp_path: Path) -> None:
    found = read(tmp_path, "source,target,port,VLAN,Firewall rule\na,b,80,12,r7\n")
    assert [each.message for each in found.findings] == [
        "columns of the capture that are not used: VLAN, Firewall rule"
    ]


def test_titles_may_stand_above_the_headers(tmp_path: Path) -> None:
    found = read(tmp_path, "Export of May\n\nsource,target,port\na,b,80\n")
    assert [told(flow) for flow in found.flows] == [("a", "b", 80)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 5000,
        gzip.compress(b"source,target\na,b\n"),
        b"%PDF-1.7 ...",
        b"PK\3\4 broken",
        b"source,target\na,\0b\n",
    ],
    ids=["empty", "zeros", "gzip", "pdf", "zip", "a zero"],
)
def test_what_is_no_capture_is_refused_in_words(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError):
        read(tmp_path, content)


def test_wild_cells_neither_stop_nor_fill_anything(tmp_path: Path) -> None:
    wild = ["=cmd|' /C calc'!A0", "x" * 100_000, "\x1b[31mred", "‮evil", "10.1.0.999", "-1", "1e400", "٣"]
    rows = [f'"{one}","{other}",80,{one[:8]},{other[:8]}' for one in wild for other in wild]
    found = read(tmp_path, "source,target,port,bytes,connections\n" + "\n".join(rows) + "\n")
    assert found.accounts.rows() == len(rows)
    assert all(len(flow.source.server) <= 255 for flow in found.flows)
    assert all(0 <= flow.transferred < 10**20 for flow in found.flows)
