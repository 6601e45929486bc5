#!/usr/bin/env python3
"""Writes src/schema/runs.rs of the module validation: the general categories of Unicode.

Debian 12's Python has Unicode 14, as its Rust does.
"""

import sys
import unicodedata

NAMES = [
    "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc",
    "Cf", "Cs", "Co", "Cn", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So",
]


def runs():
    before = None
    for point in range(0x110000):
        category = unicodedata.category(chr(point))
        if category != before:
            yield point << 5 | NAMES.index(category)
        before = category


table = list(runs())
print("//! Where runs of one general category begin, as `code point << 5 | category`.")
print(f"//! Unicode {unicodedata.unidata_version}; written by tools/categories.py.")
print()
print("#[rustfmt::skip]")
print(f"pub const RUNS: [u32; {len(table)}] = [")
line = "   "
for value in table:
    word = f" {value},"
    if len(line) + len(word) > 110:
        print(line)
        line = "   "
    line += word
print(line)
print("];")
sys.exit(0)
