"""Files that are wrong, odd or meant to do harm, small enough to be made in a test, and what is expected of each."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

HEAD = b"VM,Powerstate,VM ID,CPUs\n"
ROW = b"erp-db,poweredOn,vm-1,4\n"
TABLE = HEAD + ROW
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_SHEET = '<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
_ODS = (
    '<?xml version="1.0"?>{doctype}<office:document-content xmlns:office="{oasis}:office:1.0" '
    'xmlns:table="{oasis}:table:1.0" xmlns:text="{oasis}:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="vInfo">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)
_LAUGHS = (
    "<!DOCTYPE l [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{('&' + chr(97 + n) + ';') * 10}'>" for n in range(9))
    + "]>"
)
_ELSEWHERE = "<!DOCTYPE l [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"


def text(name: str, data: bytes) -> Callable[[Path], Path]:
    """A file of these bytes."""

    def make(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return make


def archive(name: str, members: dict[str, bytes]) -> Callable[[Path], Path]:
    """An archive of these members."""

    def make(folder: Path) -> Path:
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as file:
            for member, data in members.items():
                file.writestr(member, data)
        return folder / name

    return make


def sheet(rows: str, *, doctype: str = "", **parts: bytes) -> Callable[[Path], Path]:
    """A workbook of one sheet whose XML is these rows."""
    xml = doctype + _SHEET.format(main=_MAIN, rows=rows)
    return archive("bad.xlsx", {**_book(), "xl/worksheets/sheet1.xml": xml.encode(), **_parts(parts)})


def _parts(parts: dict[str, bytes]) -> dict[str, bytes]:
    return {name.replace("__", "/"): data for name, data in parts.items()}


def _book() -> dict[str, bytes]:
    def links(kind: str, target: str) -> bytes:
        link = f'<Relationship Id="rId1" Type="{_LINKED}/{kind}" Target="{target}"/>'
        return f'<Relationships xmlns="{_LINKS}">{link}</Relationships>'.encode()

    sheets = '<sheets><sheet name="vInfo" sheetId="1" r:id="rId1"/></sheets>'
    return {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": links("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKED}">{sheets}</workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": links("worksheet", "worksheets/sheet1.xml"),
    }


def cells(*rows: list[str], first: int = 1) -> str:
    """Rows of text in the cells themselves."""
    return "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{chr(65 + n)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>' for n, cell in enumerate(row)
        )
        + "</row>"
        for number, row in enumerate(rows, first)
    )


GOOD_CELLS = cells(["VM", "Powerstate", "VM ID"], ["erp-db", "poweredOn", "vm-1"])


def ods(rows: str, doctype: str = "") -> Callable[[Path], Path]:
    """An OpenDocument spreadsheet whose XML is these rows."""
    content = _ODS.format(oasis=_OASIS, rows=rows, doctype=doctype).encode()
    manifest = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return archive("bad.ods", {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def ods_row(*values: str, repeated: str = "") -> str:
    """A row of text."""
    return (
        f"<table:table-row{repeated}>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{each}</text:p></table:table-cell>'
            for each in values
        )
        + "</table:table-row>"
    )


def with_formulas(folder: Path) -> Path:
    """A workbook whose names are formulas, texts that look like some, and merged cells."""
    book = xlsxwriter.Workbook(str(folder / "formulas.xlsx"))
    page = book.add_worksheet("vInfo")
    page.write_row(0, 0, ["VM", "Powerstate", "VM ID", "Annotation"])
    page.write_formula(1, 0, '="erp"&"-db"', None, "erp-db")
    page.write_row(1, 1, ["poweredOn", "vm-1"])
    page.write_string(1, 3, '=HYPERLINK("http://evil.example","x")')
    page.merge_range(2, 0, 2, 2, "merged")
    book.close()
    return folder / "formulas.xlsx"


def a_link(folder: Path) -> Path:
    """A folder with one good file and a link to a file outside of it."""
    (folder / "secret.csv").write_bytes(b"VM,VM ID\nsecret,1\n")
    inside = folder / "export"
    inside.mkdir()
    (inside / "RVTools_tabvInfo.csv").write_bytes(TABLE)
    (inside / "RVTools_tabvDisk.csv").symlink_to(folder / "secret.csv")
    return inside


def twice(folder: Path) -> Path:
    """A workbook that holds its sheet twice: a harmless one to be looked at, and another one to be read."""
    path = sheet(GOOD_CELLS)(folder)
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("xl/worksheets/SHEET1.xml", _SHEET.format(main=_MAIN, rows=GOOD_CELLS))
    return path


def lying(folder: Path) -> Path:
    """An archive whose list says that a member is small, though it unpacks to thirty megabytes."""
    path = archive("lying.zip", {"vInfo.csv": TABLE + b"a,b,c\n" * 5_000_000})(folder)
    data = bytearray(path.read_bytes())
    for at in (data.find(b"PK\1\2") + 24, 22):
        data[at : at + 4] = (1000).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    return path


REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "empty": (text("a.csv", b""), "the file is empty"),
    "nothing": (lambda folder: folder / "nothing.xlsx", "there is no such file"),
    "empty folder": (lambda folder: folder, "there is no *.csv"),
    "device": (lambda _: Path("/dev/zero"), "neither a file nor a folder"),
    "nuls": (text("a.csv", b"\0" * 100_000), "bytes that are zero"),
    "nuls inside": (
        text("a.csv", TABLE + (b"x,poweredOn,vm-2," + b"9" * 100_000 + b"\n") * 12 + b"x,\0,y\n"),
        "bytes that are zero",
    ),
    "picture": (text("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10), "it is a picture"),
    "binary": (text("a.csv", bytes(range(1, 256)) * 40), "not text"),
    "text as xlsx": (text("a.xlsx", TABLE), "its content is something else"),
    "picture as xlsx": (text("a.xlsx", b"\x89PNG\r\n\x1a\n" + b"x" * 99), "it is a picture"),
    "web page": (text("a.xlsx", b"<html><table><tr><td>VM"), "a web page"),
    "old workbook": (text("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "before 2007"),
    "encrypted": (
        text("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600),
        "protected by a password",
    ),
    "truncated": (
        lambda folder: text("cut.xlsx", sheet(GOOD_CELLS)(folder).read_bytes()[:400])(folder),
        "its content is something else",
    ),
    "no workbook": (archive("a.xlsx", {"readme.txt.bak": b"hello"}), "there is no *.csv"),
    "header only": (text("a.csv", HEAD), "no sheet names a machine"),
    "no header": (text("a.csv", b"1,2,3\n4,5,6\n"), "no sheet names a machine"),
    "open quote": (text("vInfo.csv", HEAD + b'"a,' + (b"x" * 999 + b"\n") * 17_000), "million characters"),
    "one endless line": (text("vInfo.csv", HEAD + b"x" * 17_000_000), "million characters"),
    "bomb in a zip": (
        archive("a.zip", {"vInfo.csv": HEAD + b"a,b,c\n" * 5_000_000}),
        "no spreadsheet is packed so tightly",
    ),
    "bomb in a workbook": (
        sheet(GOOD_CELLS, **{"xl__sharedStrings.xml": b" " * 30_000_000}),
        "no spreadsheet is packed so tightly",
    ),
    "bomb in a sheet": (sheet(GOOD_CELLS + " " * 30_000_000), "no spreadsheet is packed so tightly"),
    "two sheets of one name": (twice, "two parts of one name"),
    "lying zip": (lying, "no spreadsheet is packed so tightly"),
    "laughs": (sheet(GOOD_CELLS, doctype=_LAUGHS), "declares entities"),
    "laughs elsewhere": (sheet(GOOD_CELLS, **{"xl__styles.xml": _LAUGHS.encode()}), "declares entities"),
    "external entity": (sheet(GOOD_CELLS, doctype=_ELSEWHERE), "declares entities"),
    "laughs in ods": (ods(ods_row("VM"), _LAUGHS), "declares entities"),
    "external entity in ods": (ods(ods_row("VM"), _ELSEWHERE), "declares entities"),
    "absurd corners": (
        sheet(GOOD_CELLS + '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'),
        "row 1048576 and column 16384",
    ),
    "absurd ods": (
        ods(ods_row("VM", "VM ID") + ods_row("x", repeated=' table:number-rows-repeated="1000000000"')),
        "a sheet repeats its cells",
    ),
    "damaged sheet": (sheet("<row><c r='A1' t='inlineStr'><is><t>VM</row>"), "damaged"),
    "broken ods": (ods("<table:table-row>"), "damaged"),
}
"""Name → what makes it, and words of the message."""
READ: dict[str, Callable[[Path], Path]] = {
    "utf-16": text("vInfo.csv", TABLE.decode().encode("utf-16")),
    "utf-16 without mark": text("vInfo.csv", TABLE.decode().encode("utf-16-le")),
    "wrong encoding": text("vInfo.csv", TABLE + "métier,poweredOn,vm-2,1\n".encode("cp1252")),
    "title first": text("vInfo.csv", b"Export of Monday,,,\n,,,\n" + TABLE),
    "repeated headers": text("vInfo.csv", b"VM,VM,VM ID,VM ID\nerp-db,x,vm-1,y\n"),
    "a cell of a megabyte": text("vInfo.csv", TABLE + b"x,poweredOn,vm-2," + b"9" * 1_000_000 + b"\n"),
    "a name of a megabyte": text("vInfo.csv", TABLE + b"x" * 1_000_000 + b",poweredOn,vm-2,1\n"),
    "names of terminals": text("vInfo.csv", TABLE + b"\x1b[31mred\x1b[0m\x07,poweredOn,vm-2,1\n"),
    "ragged rows": text("vInfo.csv", TABLE + b"x\ny,poweredOn,vm-3,1,2,3,4,5\n,,,\n"),
    "many columns": text("vInfo.csv", b"VM,VM ID," + b",".join(b"c%d" % n for n in range(16_384)) + b"\nerp-db,vm-1\n"),
    "a million claimed rows": sheet(GOOD_CELLS + "".join(f'<row r="{n}"/>' for n in (500_000, 1_048_576))),
    "cells without addresses": sheet(
        "<row><c t='inlineStr'><is><t>VM</t></is></c><c t='inlineStr'><is><t>VM ID</t></is></c></row>"
        "<row><c t='inlineStr'><is><t>erp-db</t></is></c><c t='inlineStr'><is><t>vm-1</t></is></c></row>"
    ),
    "macros": sheet(GOOD_CELLS, **{"xl__vbaProject.bin": b"macro"}),
    "formulas and merged cells": with_formulas,
    "ods": ods(
        ods_row("VM", "VM ID") + ods_row("erp-db", "vm-1") + ods_row(repeated=' table:number-rows-repeated="1048570"')
    ),
    "a link": a_link,
    "names that lead out": archive(
        "a.zip", {"../../outside/vInfo.csv": TABLE, "/tmp/absolute/vDisk.csv": b"VM\nerp-db\n"}
    ),
    "names of devices": archive("a.zip", {"CON/vInfo.csv": TABLE, "aux.csv": b"a,b\n1,2\n"}),
    "a workbook in a zip": lambda folder: archive("a.zip", {"x.xlsx": sheet(GOOD_CELLS)(folder).read_bytes()})(folder),
}
"""Name → what makes it: each holds the machine `erp-db`."""
