"""What Python's email and flufl.bounce read in the messages of some folders.

Prints a line of JSON for each message: path, whether it has a report, and the addresses that each reader
names. bench/readers.js runs this.
"""

import email
import json
import os
import sys

from flufl.bounce import all_failures


def reports_of(message):
    """The parts that are reports; email makes a message of each block of fields."""
    types = ("message/delivery-status", "message/global-delivery-status")
    return [part for part in message.walk() if part.get_content_type() in types]


def recipients_of(message):
    for part in reports_of(message):
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else []:
            field = block["Final-Recipient"] or block["Original-Recipient"]
            if field:
                yield str(field).split(";")[-1].strip()


def read(path):
    with open(path, "rb") as file:
        message = email.message_from_binary_file(file)
    temporary, permanent = all_failures(message)
    addresses = {address.decode("utf-8", "replace") for address in temporary | permanent}
    return {
        "path": path,
        "has_report": bool(reports_of(message)),
        "email": list(recipients_of(message)),
        "flufl": sorted(addresses),
    }


for folder in sys.argv[1:]:
    for directory, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            try:
                print(json.dumps(read(os.path.join(directory, name))))
            except Exception as error:
                print(json.dumps({"path": os.path.join(directory, name), "error": repr(error)}))
