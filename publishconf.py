"""Production settings: absolute addresses, and only what this build wrote stays in the output."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pelicanconf import *  # noqa: F403

# The name of the published site is not settled; .example can never be somebody's (RFC 2606).
SITEURL = os.environ.get("SITEURL", "https://wellsourced.example").rstrip("/")
FEED_DOMAIN = WELLSOURCED_ORIGIN = SITEURL
DELETE_OUTPUT_DIRECTORY = True
WELLSOURCED_PUBLISHING = True
