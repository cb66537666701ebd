"""Describes libraries with LIEF: a JSON array of their contents in base64 from standard input, an array of
descriptions to standard output."""

import base64
import hashlib
import json
import struct
import sys

import lief

SEARCH_PATHS = (lief.ELF.DynamicEntry.TAG.RPATH, lief.ELF.DynamicEntry.TAG.RUNPATH)
LIBRARY = lief.Header.OBJECT_TYPES.LIBRARY
INSTALL_NAME = lief.MachO.LoadCommand.TYPE.ID_DYLIB


def is_signed(library, content):
    """Whether each page has the hash in the signature's code directory."""
    start = library.code_signature.data_offset
    directory = start + struct.unpack_from(">I", content, start + 16)[0]
    offset, pages, end = (struct.unpack_from(">I", content, directory + at)[0] for at in (16, 28, 32))
    size, page = content[directory + 36], 1 << content[directory + 39]
    starts = range(0, end, page)
    hashes = [hashlib.sha256(content[at : min(at + page, end)]).digest()[:size] for at in starts]
    stored = content[directory + offset :][: pages * size]
    return end == start and b"".join(hashes) == stored


def describe_mach_o(library, content):
    oldest = library.build_version.minos if library.has_build_version else library.version_min.version
    return {
        "libraries": [each.name for each in library.libraries if each.command != INSTALL_NAME],
        "searchPaths": [each.path for each in library.rpaths],
        "name": library.get(INSTALL_NAME).name,
        "minimum": f"{oldest[0]}.{oldest[1]}",
        "isSigned": is_signed(library, content) if library.has_code_signature else None,
    }


def describe_others(library):
    if isinstance(library, lief.PE.Binary):
        imports = [*library.imports, *library.delay_imports]
        return {"libraries": [each.name for each in imports], "searchPaths": []}
    paths = [str(library.get(tag)) for tag in SEARCH_PATHS if library.has(tag)]
    return {"libraries": library.libraries, "searchPaths": paths}


def end_of(library):
    """The size of the complete file."""
    if isinstance(library, lief.ELF.Binary):
        header = library.header
        return header.section_header_offset + header.section_header_size * header.numberof_sections
    if isinstance(library, lief.MachO.Binary):
        return max(each.file_offset + each.file_size for each in library.segments)
    return max(each.pointerto_raw_data + each.sizeof_raw_data for each in library.sections)


def describe(content):
    """Empty for anything but a complete library."""
    library = lief.parse(content)
    header = library and library.abstract.header
    if not library or header.object_type != LIBRARY or end_of(library) > len(content):
        return {}
    is_mach_o = isinstance(library, lief.MachO.Binary)
    return {
        "format": library.abstract.format.name,
        "machine": f"{header.architecture.name} {header.is_64} {header.endianness.name}",
        **(describe_mach_o(library, content) if is_mach_o else describe_others(library)),
    }


lief.logging.disable()
print(json.dumps([describe(base64.b64decode(content)) for content in json.load(sys.stdin)]))
