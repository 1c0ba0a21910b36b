"""Emit a CloudFormation template for S3 behind CloudFront, and its function at the edge."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wellsourced.policy import security
from wellsourced.policy.caching import SHORT
from wellsourced.policy.hosts.rules import HostLimitError, Rule, rules, site_wide
from wellsourced.policy.serving import Serving

# "Quotas" of the CloudFront developer guide.
FUNCTION_BYTES = 10_240
CSP_LENGTH = 1783  # characters of a Content-Security-Policy in a response headers policy
BEHAVIORS = 75  # cache behaviors of a distribution

_FUNCTION = Path(__file__).with_name("cloudfront-request.js")
_CACHING = "658327ea-f89d-4fab-a63d-7e88639e58f6"
"""The managed cache policy CachingOptimized: the origin's Cache-Control, Brotli and gzip."""


def emit(serving: Serving) -> Mapping[str, str]:
    """Give file name → text; raises `HostLimitError` when the site is too much for the host."""
    function = _function(serving)
    if len(function.encode()) > FUNCTION_BYTES:
        raise HostLimitError(
            f"with {len(serving.moved)} moved pages the function has {len(function.encode())} "
            f"bytes, and CloudFront takes {FUNCTION_BYTES}"
        )
    text = json.dumps(_template(serving, function), indent=2)
    return {"template.json": f"{text}\n", "request.js": function}


def _function(serving: Serving) -> str:
    text = _FUNCTION.read_text("utf-8")
    moved = json.dumps(dict(sorted(serving.moved.items())), indent=2)
    return text.replace("MOVED", moved, 1).replace("SHORT", SHORT, 1)


def _template(serving: Serving, function: str) -> dict[str, Any]:
    policies, patterns = _policies(serving)
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "A site of releases in S3, served by CloudFront.",
        "Parameters": {
            "Bucket": {"Type": "String", "Description": "Name of the bucket that holds releases/"},
            "Domain": {"Type": "String", "Description": "The site's host name"},
            "Certificate": {"Type": "String", "Description": "ARN of its certificate (us-east-1)"},
        },
        "Resources": {
            "Releases": {
                "Type": "AWS::CloudFront::KeyValueStore",
                "Properties": {"Name": {"Fn::Sub": "${AWS::StackName}-release"}},
            },
            "Request": _request(function),
            **policies,
            "Access": _access(),
            "Distribution": _distribution(patterns),
            "Reading": _reading(),
        },
        "Outputs": {
            "Store": {"Value": {"Fn::GetAtt": ["Releases", "Arn"]}},
            "Address": {"Value": {"Fn::GetAtt": ["Distribution", "DomainName"]}},
        },
    }


def _policies(serving: Serving) -> tuple[dict[str, Any], dict[str, str]]:
    """Give response headers policies by their resource name, and path pattern → that name."""
    general = site_wide(serving)
    named = {_frozen(general): "HeadersOfPages"}
    patterns: dict[str, str] = {}
    for rule in rules(serving, len(serving.keys) + BEHAVIORS):
        made = {**general, **{n: v for n, v in rule.headers.items() if n in general}}
        pattern = _pattern(rule)
        if not pattern or made == general:
            continue
        patterns[pattern] = named.setdefault(_frozen(made), f"HeadersOf{len(named)}")
    if len(patterns) > BEHAVIORS:
        raise HostLimitError(
            f"the site needs {len(patterns)} cache behaviors, and CloudFront takes {BEHAVIORS}"
        )
    return {name: _headers_policy(name, dict(made)) for made, name in named.items()}, patterns


def _frozen(headers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(headers.items()))


def _pattern(rule: Rule) -> str:
    return f"*.{rule.suffix}" if rule.suffix else rule.address


def _headers_policy(name: str, headers: dict[str, str]) -> dict[str, Any]:
    csp = headers.pop(security.CSP)
    if len(csp) > CSP_LENGTH:
        raise HostLimitError(
            f"the content policy has {len(csp)} characters, and CloudFront takes {CSP_LENGTH}"
        )
    age = headers.pop("Strict-Transport-Security").removeprefix("max-age=")
    del headers["X-Content-Type-Options"]
    config = {
        "Name": {"Fn::Sub": f"${{AWS::StackName}}-{name}"},
        "SecurityHeadersConfig": {
            "ContentSecurityPolicy": {"ContentSecurityPolicy": csp, "Override": True},
            "ContentTypeOptions": {"Override": True},
            "ReferrerPolicy": {
                "ReferrerPolicy": headers.pop("Referrer-Policy"),
                "Override": True,
            },
            "StrictTransportSecurity": {"AccessControlMaxAgeSec": int(age), "Override": True},
        },
        "CustomHeadersConfig": {
            "Items": [
                {"Header": header, "Value": value, "Override": True}
                for header, value in sorted(headers.items())
            ]
        },
    }
    return {
        "Type": "AWS::CloudFront::ResponseHeadersPolicy",
        "Properties": {"ResponseHeadersPolicyConfig": config},
    }


def _request(function: str) -> dict[str, Any]:
    return {
        "Type": "AWS::CloudFront::Function",
        "Properties": {
            "Name": {"Fn::Sub": "${AWS::StackName}-request"},
            "AutoPublish": True,
            "FunctionCode": function,
            "FunctionConfig": {
                "Comment": "Clean addresses; the release that readers get",
                "Runtime": "cloudfront-js-2.0",
                "KeyValueStoreAssociations": [
                    {"KeyValueStoreARN": {"Fn::GetAtt": ["Releases", "Arn"]}}
                ],
            },
        },
    }


def _access() -> dict[str, Any]:
    return {
        "Type": "AWS::CloudFront::OriginAccessControl",
        "Properties": {
            "OriginAccessControlConfig": {
                "Name": {"Fn::Sub": "${AWS::StackName}-access"},
                "OriginAccessControlOriginType": "s3",
                "SigningBehavior": "always",
                "SigningProtocol": "sigv4",
            }
        },
    }


def _behavior(policy: str) -> dict[str, Any]:
    return {
        "TargetOriginId": "bucket",
        "ViewerProtocolPolicy": "redirect-to-https",
        "Compress": True,
        "CachePolicyId": _CACHING,
        "ResponseHeadersPolicyId": {"Ref": policy},
        "FunctionAssociations": [
            {
                "EventType": "viewer-request",
                "FunctionARN": {"Fn::GetAtt": ["Request", "FunctionARN"]},
            }
        ],
    }


def _distribution(patterns: Mapping[str, str]) -> dict[str, Any]:
    return {
        "Type": "AWS::CloudFront::Distribution",
        "Properties": {
            "DistributionConfig": {
                "Enabled": True,
                "HttpVersion": "http2and3",
                "Aliases": [{"Ref": "Domain"}],
                "ViewerCertificate": {
                    "AcmCertificateArn": {"Ref": "Certificate"},
                    "MinimumProtocolVersion": "TLSv1.2_2021",
                    "SslSupportMethod": "sni-only",
                },
                "Origins": [
                    {
                        "Id": "bucket",
                        "DomainName": {"Fn::Sub": "${Bucket}.s3.${AWS::Region}.amazonaws.com"},
                        "OriginAccessControlId": {"Fn::GetAtt": ["Access", "Id"]},
                        "S3OriginConfig": {"OriginAccessIdentity": ""},
                    }
                ],
                "DefaultCacheBehavior": _behavior("HeadersOfPages"),
                "CacheBehaviors": [
                    {"PathPattern": pattern, **_behavior(policy)}
                    for pattern, policy in patterns.items()
                ],
                # S3 says 403 for what is missing to whoever may not list the bucket. The page is
                # asked for by this very path, so a copy of it stands at the bucket's root.
                "CustomErrorResponses": [
                    {
                        "ErrorCode": code,
                        "ResponseCode": 404,
                        "ResponsePagePath": "/404.html",
                        "ErrorCachingMinTTL": 0,
                    }
                    for code in (403, 404)
                ],
            }
        },
    }


def _reading() -> dict[str, Any]:
    return {
        "Type": "AWS::S3::BucketPolicy",
        "Properties": {
            "Bucket": {"Ref": "Bucket"},
            "PolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "cloudfront.amazonaws.com"},
                        "Action": "s3:GetObject",
                        "Resource": {"Fn::Sub": "arn:${AWS::Partition}:s3:::${Bucket}/*"},
                        "Condition": {
                            "StringEquals": {
                                "AWS:SourceArn": {
                                    "Fn::Sub": "arn:${AWS::Partition}:cloudfront::"
                                    "${AWS::AccountId}:distribution/${Distribution}"
                                }
                            }
                        },
                    }
                ],
            },
        },
    }
