"""Emit one host's files from the policy: each host's module says `emit(serving)`."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from wellsourced.policy.hosts import cloudflare, cloudfront, firebase, netlify, nginx, r2, vercel
from wellsourced.policy.hosts.rules import HostLimitError
from wellsourced.policy.serving import Serving

Emit = Callable[[Serving], Mapping[str, str]]
"""Gives file name → text; raises `HostLimitError` when the site is too much for the host."""

HOSTS: Mapping[str, Emit] = MappingProxyType(
    {
        "cloudflare": cloudflare.emit,
        "cloudfront": cloudfront.emit,
        "firebase": firebase.emit,
        "netlify": netlify.emit,
        "nginx": nginx.emit,
        "r2": r2.emit,
        "vercel": vercel.emit,
    }
)

__all__ = ["HOSTS", "Emit", "HostLimitError"]
