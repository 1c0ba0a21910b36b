"""Bring references in from other tools' files: RIS, BibTeX, NBIB (MEDLINE) and CSL-JSON."""
