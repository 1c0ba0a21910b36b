"""Gather the planted faults of every family."""

from tests.mutations.mutation import Mutation
from tests.mutations.planted import (
    advice,
    citations,
    claims,
    evidence,
    exports,
    links,
    metadata,
    pictures,
    previews,
    promises,
    sections,
)

MUTATIONS: tuple[Mutation, ...] = (
    *sections.MUTATIONS,
    *citations.MUTATIONS,
    *previews.MUTATIONS,
    *claims.MUTATIONS,
    *advice.MUTATIONS,
    *metadata.MUTATIONS,
    *pictures.MUTATIONS,
    *evidence.MUTATIONS,
    *exports.MUTATIONS,
    *links.MUTATIONS,
    *promises.MUTATIONS,
)

__all__ = ["MUTATIONS"]
