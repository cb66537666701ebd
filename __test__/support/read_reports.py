"""Reads messages as Python's email package and flufl.bounce do: a JSON array of texts in base64 from
standard input, an array of what was found to standard output."""

import base64
import email
import json
import sys
from email import policy

from flufl.bounce import all_failures

TYPES = ('message/delivery-status', 'message/global-delivery-status')


def groups_of(part):
    """The groups of fields, each as a message without a body."""
    if part.get_content_type() == TYPES[0]:
        return part.get_payload()
    # This type is new to the package: to it the first group is the header of a message.
    fields = part.get_payload(0).as_bytes().decode().replace('\r\n', '\n')
    return [email.message_from_string(group, policy=policy.SMTPUTF8) for group in fields.split('\n\n')]


def recipient_of(group):
    value = lambda name: ' '.join(str(group[name] or '').split())
    return {
        'address': value('Final-Recipient'),
        'action': value('Action'),
        'status': value('Status'),
        'diagnostic': value('Diagnostic-Code'),
    }


def read(message):
    parsed = email.message_from_bytes(message, policy=policy.SMTPUTF8)
    temporary, permanent = all_failures(email.message_from_bytes(message))
    parts = [part for part in parsed.walk() if part.get_content_type() in TYPES]
    return {
        'types': [part.get_content_type() for part in parsed.iter_parts()],
        'defects': [str(defect) for part in parsed.walk() for defect in part.defects],
        'text': next(parsed.iter_parts()).get_content(),
        'recipients': [recipient_of(group) for group in groups_of(parts[0])[1:]],
        'temporary': sorted(address.decode() for address in temporary),
        'permanent': sorted(address.decode() for address in permanent),
    }


print(json.dumps([read(base64.b64decode(message)) for message in json.load(sys.stdin)]))
