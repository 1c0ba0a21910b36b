"""Know the part of schema.org's vocabulary that pages use: types, their parents and properties.

Taken from schema.org 29.0 (schemaorg-current-https: subClassOf and domainIncludes). A type or
property that is not here is unknown to the audit: add it from the release, never from memory of
what a search engine accepts.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

VERSION = "29.0"

_TYPES: Mapping[str, tuple[tuple[str, ...], str]] = MappingProxyType(
    {
        "Thing": (
            (),
            "additionalType alternateName description disambiguatingDescription identifier image "
            "mainEntityOfPage name potentialAction sameAs subjectOf url",
        ),
        "CreativeWork": (
            ("Thing",),
            "about abstract accessMode accessibilityFeature alternativeHeadline assesses "
            "associatedMedia audience author award citation comment contributor copyrightHolder "
            "copyrightNotice copyrightYear correction creativeWorkStatus creator creditText "
            "dateCreated dateModified datePublished educationalLevel editor encoding "
            "encodingFormat expires funder genre hasPart headline inLanguage isAccessibleForFree "
            "isBasedOn isPartOf keywords license mainEntity maintainer material mentions position "
            "producer provider publication publisher publishingPrinciples review sdDatePublished "
            "sdPublisher source sourceOrganization spatialCoverage sponsor temporal "
            "temporalCoverage text thumbnail thumbnailUrl timeRequired translationOfWork "
            "translator typicalAgeRange usageInfo version video workTranslation "
            "offers aggregateRating",
        ),
        "WebPage": (
            ("CreativeWork",),
            "breadcrumb lastReviewed mainContentOfPage primaryImageOfPage relatedLink reviewedBy "
            "significantLink speakable specialty",
        ),
        "MedicalWebPage": (("WebPage",), "medicalAudience"),
        "AboutPage": (("WebPage",), ""),
        "CollectionPage": (("WebPage",), ""),
        "ContactPage": (("WebPage",), ""),
        "ItemPage": (("WebPage",), ""),
        "ProfilePage": (("WebPage",), ""),
        "SearchResultsPage": (("WebPage",), ""),
        "WebSite": (("CreativeWork",), "issn"),
        "Article": (
            ("CreativeWork",),
            "articleBody articleSection backstory pageEnd pageStart pagination speakable wordCount",
        ),
        "ScholarlyArticle": (("Article",), ""),
        "MedicalScholarlyArticle": (("ScholarlyArticle",), "publicationType"),
        "NewsArticle": (
            ("Article",),
            "dateline printColumn printEdition printPage printSection",
        ),
        "Report": (("Article",), "reportNumber"),
        "Book": (
            ("CreativeWork",),
            "abridged bookEdition bookFormat illustrator isbn numberOfPages",
        ),
        "Chapter": (("CreativeWork",), "pageEnd pageStart pagination"),
        "Thesis": (("CreativeWork",), "inSupportOf"),
        "Legislation": (
            ("CreativeWork",),
            "jurisdiction legislationApplies legislationDate legislationIdentifier "
            "legislationJurisdiction legislationPassedBy legislationType",
        ),
        "Periodical": (("CreativeWork",), "issn"),
        "MediaObject": (
            ("CreativeWork",),
            "contentSize contentUrl duration embedUrl encodesCreativeWork height uploadDate width",
        ),
        "ImageObject": (("MediaObject",), "caption embeddedTextCaption representativeOfPage"),
        "Organization": (
            ("Thing",),
            "address alumni areaServed brand contactPoint correctionsPolicy department "
            "diversityPolicy email ethicsPolicy founder foundingDate funder hasCredential "
            "identifier knowsAbout legalName location logo member memberOf parentOrganization "
            "publishingPrinciples sponsor subOrganization telephone unnamedSourcesPolicy",
        ),
        "Person": (
            ("Thing",),
            "additionalName address affiliation alumniOf award contactPoint email familyName "
            "givenName hasCredential hasOccupation honorificPrefix honorificSuffix jobTitle "
            "knowsAbout knowsLanguage memberOf nationality worksFor",
        ),
        "Product": (
            ("Thing",),
            "aggregateRating brand category color gtin manufacturer material model mpn offers "
            "productID releaseDate review sku",
        ),
        "Brand": (("Thing",), "logo slogan"),
        "Intangible": (("Thing",), ""),
        "ItemList": (
            ("Intangible",),
            "aggregateElement itemListElement itemListOrder numberOfItems",
        ),
        "BreadcrumbList": (("ItemList",), ""),
        "ListItem": (("Intangible",), "item nextItem position previousItem"),
        "DefinedTerm": (("Intangible",), "inDefinedTermSet termCode"),
        "DefinedTermSet": (("CreativeWork",), "hasDefinedTerm"),
        "Language": (("Intangible",), ""),
        "SpeakableSpecification": (("Intangible",), "cssSelector xpath"),
        "EntryPoint": (("Intangible",), "actionPlatform contentType encodingType urlTemplate"),
        "Action": (("Thing",), "object result target"),
        "SearchAction": (("Action",), "query"),
        "Place": (("Thing",), "address containedInPlace geo"),
        "Country": (("Place",), ""),
        "MedicalEntity": (
            ("Thing",),
            "code guideline legalStatus medicineSystem recognizingAuthority relevantSpecialty "
            "study",
        ),
        "MedicalTherapy": (
            ("MedicalEntity",),
            "adverseOutcome bodyLocation contraindication duplicateTherapy followup howPerformed "
            "preparation procedureType seriousAdverseOutcome status",
        ),
    }
)


def is_type(name: str) -> bool:
    """Tell whether a type is known."""
    return name in _TYPES


@cache
def properties(name: str) -> frozenset[str]:
    """Give the properties of a type, its parents' included. Raises `KeyError` for a stranger."""
    parents, own = _TYPES[name]
    return frozenset(own.split()).union(*(properties(parent) for parent in parents))


def names() -> tuple[str, ...]:
    """Give the types that are known."""
    return tuple(_TYPES)
