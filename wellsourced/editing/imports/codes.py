"""Register what can be wrong with a file of references that is to be imported."""

from __future__ import annotations

from wellsourced.diagnostics import Diagnostic, Location, Severity, code, diagnose


@code("IMP001")
def missing(at: Location) -> Diagnostic:
    """Find a file to import missing, unreadable or not UTF-8.

    Checks that the file opens and that its bytes are UTF-8 (RFC 3629).
    Names of authors read in the wrong encoding send readers after people who do not exist.

    Wrong: an export saved as Windows-1252, where "é" is the byte E9.
    Right: the same export saved as UTF-8.
    """
    return diagnose(at, "IMP001", "There is no such file.", "give the path of the export")


@code("IMP002")
def unknown_format(at: Location) -> Diagnostic:
    """Find a file to import in a format that is not read.

    Checks for the beginnings of RIS, BibTeX, NBIB (MEDLINE) and CSL-JSON; the file's name does
    not matter.
    A list of references taken in by guesswork would put wrong works behind sentences.

    Wrong: a list of references saved from a word processor.
    Right: the same list exported from Zotero as CSL JSON, BibTeX or RIS.
    """
    hint = "export it as RIS, BibTeX, NBIB (MEDLINE) or CSL JSON"
    return diagnose(at, "IMP002", "No known format of references begins here.", hint)


@code("IMP003")
def broken(at: Location, message: str, hint: str) -> Diagnostic:
    """Find a file to import whose syntax breaks.

    Checks each record's beginning, end and lines.
    Of a broken file a part would come in and the rest be lost unseen.

    Wrong: a RIS record with no "ER  - " line.
    Right: each record from its "TY  - " line to its "ER  - " line.
    """
    return diagnose(at, "IMP003", message, hint)


@code("IMP004")
def empty(at: Location) -> Diagnostic:
    """Find a file to import that holds no reference.

    Checks that there is at least one.
    An empty export looks like work done, while the sources are still missing.

    Wrong: a file of no bytes.
    Right: a file with at least one reference.
    """
    return diagnose(at, "IMP004", "The file holds no reference.", "export the references again")


@code("IMP005")
def untitled(at: Location) -> Diagnostic:
    """Find a work to import that has no title.

    Checks that each work has one.
    A reader cannot find a source by a number or an author alone.

    Wrong: a record that holds authors and a year only.
    Right: the same record with its title.
    """
    return diagnose(at, "IMP005", "This work has no title.", "add its title in the file")


@code("IMP006", Severity.WARNING)
def duplicate(at: Location, title: str, known: str, by: str) -> Diagnostic:
    """Find a work to import that stands in the references already.

    Checks DOI, PMID, PMCID, address, then authors, title and year together, then the key. The
    entry that is there stays as it is, and this one is not taken in.
    One work under two keys looks like two sources.

    Wrong: an export that holds a work of references.json once more.
    Right: an export of new works only.
    """
    return diagnose(
        at,
        "IMP006",
        f'"{title}" is left out: it has the same {by} as "{known}".',
        f'cite "{known}"; if the two are different works, correct the {by}',
    )


@code("IMP007", Severity.WARNING)
def dropped(at: Location, variable: str, value: object) -> Diagnostic:
    """Find a value of a work to import that cannot be what it is meant to be.

    Checks DOI, PMID, address, dates and kinds of value; the work comes in without the bad one.
    A wrong identifier would lead readers to another work, or to none.

    Wrong: `DO  - see the publisher's page`
    Right: `DO  - 10.2519/jospt.2017.7096`
    """
    shown = f' "{value}"' if isinstance(value, str) else ""
    hint = "add the right value to references.json"
    return diagnose(at, "IMP007", f"The {variable}{shown} is not usable and is left out.", hint)


@code("IMP008", Severity.WARNING)
def retracted(at: Location, title: str) -> Diagnostic:
    """Find a work to import that its file calls retracted.

    Checks MEDLINE's publication types; the work comes in with a note that says so.
    A retracted study is no evidence, however often it has been cited.

    Wrong: citing a trial that PubMed lists as "Retracted Publication" for what it found.
    Right: citing the works that replaced it.
    """
    hint = "do not cite it for what it found"
    return diagnose(at, "IMP008", f'"{title}" was retracted.', hint)
