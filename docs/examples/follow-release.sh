#!/bin/sh
# Lead CloudFront to the release that current.json names. Set WELLSOURCED_PURGE to this file.
# Wants aws, python3, BUCKET (the bucket's name) and STORE (the ARN of the key-value store).
# The release is part of the cache's key, so the addresses on standard input need no purging.
set -eu
cat >/dev/null

release="$(aws s3 cp "s3://$BUCKET/current.json" - |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["release"])')"

# CloudFront asks for the page for missing addresses by its bare path.
aws s3 cp "s3://$BUCKET/releases/$release/404.html" "s3://$BUCKET/404.html" >/dev/null

version="$(aws cloudfront-keyvaluestore describe-key-value-store --kvs-arn "$STORE" \
    --query ETag --output text)"
aws cloudfront-keyvaluestore put-key --kvs-arn "$STORE" --if-match "$version" \
    --key release --value "$release" >/dev/null
