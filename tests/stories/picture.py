"""PNG files of 8-bit RGB, for those steps of a story in which there is no Python package yet."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def write(path: Path, width: int, height: int) -> None:
    """Writes a picture of gradients: every sample differs from its neighbours."""
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            rows += bytes((x * 255 // (width - 1), y * 255 // (height - 1), (x * 7 + y * 13) % 256))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b""))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(SIGNATURE + b"".join(_chunk(*chunk) for chunk in chunks))


def read(path: Path) -> tuple[int, int, bytes]:
    """Width, height and samples of a picture."""
    data = path.read_bytes()
    if not data.startswith(SIGNATURE):
        raise ValueError(f"{path} is no PNG")
    width = height = 0
    packed, at = b"", len(SIGNATURE)
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", body)
            if (depth, colour, interlaced) != (8, 2, 0):
                raise ValueError(f"{path} is no plain 8-bit RGB")
        elif kind == b"IDAT":
            packed += body
        at += length + 12
    return width, height, _unfiltered(zlib.decompress(packed), width * 3, height)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _unfiltered(data: bytes, stride: int, height: int) -> bytes:
    """PNG specification (third edition), clause 9."""
    out, above = bytearray(), bytes(stride)
    for y in range(height):
        kind, row = data[y * (stride + 1)], bytearray(data[y * (stride + 1) + 1 : (y + 1) * (stride + 1)])
        for i in range(stride):
            left, up, corner = (row[i - 3], above[i], above[i - 3]) if i >= 3 else (0, above[i], 0)
            guess = left + up - corner
            nearest = min((abs(guess - one), order, one) for order, one in enumerate((left, up, corner)))[2]
            row[i] = (row[i] + (0, left, up, (left + up) // 2, nearest)[kind]) & 255
        out += row
        above = bytes(row)
    return bytes(out)
