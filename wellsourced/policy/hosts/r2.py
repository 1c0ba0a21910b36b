"""Emit a Cloudflare Worker that serves releases out of an R2 bucket, and its configuration."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from wellsourced.policy.caching import FINGERPRINTED, NEVER, SHORT
from wellsourced.policy.hosts.rules import rules, site_wide
from wellsourced.policy.serving import Serving

_WORKER = Path(__file__).with_name("r2-worker.js")
_CACHING = "Cache-Control"


def emit(serving: Serving) -> Mapping[str, str]:
    """Give file name → text.

    Type and caching come from the objects' own metadata, so the Worker knows nothing of which
    files exist; the rest of the policy is part of its text.
    """
    told = [
        rule for rule in rules(serving, len(serving.keys) + 100) if _CACHING not in rule.headers
    ]
    policy = {
        "everywhere": site_wide(serving),
        "suffixes": {rule.suffix: dict(rule.headers) for rule in told if rule.suffix},
        "addresses": {rule.address: dict(rule.headers) for rule in told if rule.address},
        "moved": dict(sorted(serving.moved.items())),
        "immutable": f"^/(?:{FINGERPRINTED.pattern})$",
        "short": SHORT,
        "never": NEVER,
    }
    worker = _WORKER.read_text("utf-8").replace("POLICY", json.dumps(policy, indent=2), 1)
    configuration = {
        "name": "wellsourced",
        "main": "worker.js",
        "compatibility_date": "2025-10-11",
        "r2_buckets": [{"binding": "SITE", "bucket_name": "YOUR-BUCKET"}],
    }
    return {"worker.js": worker, "wrangler.jsonc": json.dumps(configuration, indent=2) + "\n"}
