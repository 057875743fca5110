"""Objects below a folder, which is a local path or s3://bucket/prefix; written whole or not at all."""

import gzip
import json
import os
from typing import Iterable
from urllib.parse import urlparse


def _client():
    import boto3  # AWS Glue brings it; local runs have no need of it

    return boto3.client("s3")


def put(path: str, body: bytes) -> None:
    """Writes an object, also over an older one of that name."""
    if path.startswith("s3://"):
        address = urlparse(path)
        _client().put_object(Bucket=address.netloc, Key=address.path.lstrip("/"), Body=body)
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    partial = f"{path}.{os.getpid()}.part"
    with open(partial, "wb") as file:
        file.write(body)
    os.replace(partial, path)


def put_json(path: str, value: object) -> None:
    """Writes one JSON document, gzipped."""
    put(path, gzip.compress(_text(value), mtime=0))


def put_lines(path: str, rows: Iterable[object]) -> int:
    """Writes JSON lines, gzipped; answers how many. The same rows make the same bytes."""
    count = 0
    body = bytearray()
    for row in rows:
        body += _text(row) + b"\n"
        count += 1
    put(path, gzip.compress(bytes(body), compresslevel=6, mtime=0))
    return count


def _text(value: object) -> bytes:
    # NaN is no JSON: better no model than one that nobody can read.
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
