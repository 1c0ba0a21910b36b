"""What a store answers becomes one sentence, a hint and an exit status."""

from __future__ import annotations

import pytest
from obstore import exceptions

from wellsourced.publisher.problems import (
    ConditionFailedError,
    ConfigurationError,
    PublishingError,
    RefusedError,
    TransportError,
)
from wellsourced.publisher.targets.store_errors import heard

ANSWER = (
    "Generic S3 error: Error performing PUT http://127.0.0.1/b/x in 1.2ms - Server returned "
    "non-2xx status code: {status}: <?xml version='1.0'?>\n<Error><Code>{code}</Code>\n"
    "<Message>{message}\nRequestId:1</Message></Error>\n\nDebug source:\nGeneric {{ secret }}"
)
DENIED = exceptions.PermissionDeniedError


@pytest.mark.parametrize(
    ("error", "code", "kind", "words"),
    [
        (DENIED, "SignatureDoesNotMatch", ConfigurationError, "refuses our credentials"),
        (DENIED, "RequestTimeTooSkewed", RefusedError, "the clock of this machine says 2"),
        (DENIED, "QuotaExceeded", RefusedError, "s3://b is full: QuotaExceeded: so it is"),
        (exceptions.GenericError, "XMinioStorageFull", RefusedError, "s3://b is full"),
        (exceptions.UnauthenticatedError, "No", ConfigurationError, "refuses our credentials: No"),
        (exceptions.PreconditionError, "Failed", ConditionFailedError, "Failed: so it is"),
        (exceptions.AlreadyExistsError, "Exists", ConditionFailedError, "Exists: so it is"),
        (exceptions.GenericError, "NoSuchBucket", ConfigurationError, "no such bucket"),
        (exceptions.GenericError, "SlowDown", TransportError, "s3://b: SlowDown: so it is$"),
    ],
)
def test_an_answer(
    error: type[Exception], code: str, kind: type[PublishingError], words: str
) -> None:
    with pytest.raises(kind, match=words) as caught, heard("s3://b"):
        raise error(ANSWER.format(status="400 Bad", code=code, message="so it is"))
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_object_is_the_caller_s_affair() -> None:
    with pytest.raises(FileNotFoundError), heard("s3://b"):
        raise FileNotFoundError("no such key")
    with pytest.raises(ConfigurationError), heard("s3://b", missing_is_place=True):
        raise FileNotFoundError("no such key")


def test_no_credentials_at_all() -> None:
    words = "Error performing PUT http://169.254.169.254/latest/api/token: timed out"
    with pytest.raises(ConfigurationError, match="No credentials for s3://b"), heard("s3://b"):
        raise exceptions.GenericError(words)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            DENIED,
            "AuthenticationFailed</Code><Message>Server failed to authenticate the request."
            "</Message><AuthenticationErrorDetail>Request date header too old: 'Fri, 04 Oct'",
        ),
        (
            exceptions.GenericError,
            '{"error": "invalid_grant", "error_description": "Invalid JWT: Token must be a '
            'short-lived token (60 minutes) and in a reasonable timeframe."}',
        ),
    ],
    ids=["Azure", "Google"],
)
def test_a_clock_that_is_wrong(error: type[Exception], words: str) -> None:
    says = "the clock of this machine says 2"
    with pytest.raises(RefusedError, match=says) as caught, heard("az://c"):
        raise error(words)
    assert caught.value.status == 4
    assert "set the clock" in caught.value.hint


def test_a_line_that_breaks() -> None:
    with pytest.raises(TransportError, match="HTTP error: connection reset"), heard("s3://b"):
        raise exceptions.GenericError("HTTP error: connection reset\n\nDebug source:\nmuch")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("Timeout", "no answer came in time"),
        ("Connect", "no connection is made"),
        ("Request", "the connection broke off"),
    ],
)
def test_why_no_answer_came(kind: str, words: str) -> None:
    text = "Generic S3 error: Error performing GET http://127.0.0.1/b/x in 9ms - HTTP error"
    debug = f"inner: Http(\n HttpError {{\n  kind: {kind},\n  source: Secret"
    with (
        pytest.raises(TransportError, match=f"^s3://b: {words}: Generic") as caught,
        heard("s3://b"),
    ):
        raise exceptions.GenericError(f"{text}\n\nDebug source:\n{debug}")
    assert "Secret" not in str(caught.value)
