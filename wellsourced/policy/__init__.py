"""Say how each published file is served: headers, caching, encodings, and every host's files.

A key is a file's path below the output, with forward slashes: `articles/x/index.html`.
"""

from wellsourced.policy.caching import cache_control, is_immutable
from wellsourced.policy.media_types import is_compressible, media_type
from wellsourced.policy.security import content_security_policy, headers, object_metadata
from wellsourced.policy.styles import style_hashes
from wellsourced.policy.times import modified

__all__ = [
    "cache_control",
    "content_security_policy",
    "headers",
    "is_compressible",
    "is_immutable",
    "media_type",
    "modified",
    "object_metadata",
    "style_hashes",
]
