"""Addresses typed with their accents: `curl "http://…/api/search?q=học"` sends raw UTF-8.

Browsers percent-encode what is not ASCII; scripts and people at a terminal often don't, and
waitress answers "Bad URI" to them. Here such bytes are encoded before it looks.
"""

from __future__ import annotations

import re

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

_NOT_ASCII = re.compile(rb"[\x80-\xff]")


def encode_address(request_head: bytes) -> bytes:
    r"""Return the head of a request with its first line in ASCII; other lines stay as they are.

    >>> encode_address("GET /tim-kiem?q=học HTTP/1.1\r\nHost: a".encode())
    b'GET /tim-kiem?q=h%E1%BB%8Dc HTTP/1.1\r\nHost: a'
    """
    line, end, rest = request_head.partition(b"\r\n")
    return _NOT_ASCII.sub(lambda byte: b"%%%02X" % ord(byte[0]), line) + end + rest


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    def parse_header(self, header_plus: bytes) -> None:
        """Take in the head of a request."""
        super().parse_header(encode_address(header_plus))


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that understands addresses with raw accents."""

    parser_class = _Parser
