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
        'address': value('Final-Recipient') or value('Original-Recipient'),
        'action': value('Action'),
        'status': value('Status'),
        'diagnostic': value('Diagnostic-Code'),
    }


def read(message):
    parsed = email.message_from_bytes(message, policy=policy.SMTPUTF8)
    temporary, permanent = all_failures(email.message_from_bytes(message))
    failures = [(address.decode('utf-8', 'replace'), address in permanent) for address in temporary | permanent]
    reports = [part for part in parsed.walk() if part.get_content_type() in TYPES]
    text = parsed.get_body(('plain',))
    recipients = [recipient_of(group) for part in reports for group in groups_of(part)]
    return {
        'types': [part.get_content_type() for part in parsed.walk()],
        'defects': [str(defect) for part in parsed.walk() for defect in part.defects],
        'text': text is not None and text.get_payload(decode=True).decode('utf-8', 'replace'),
        'recipients': [recipient for recipient in recipients if recipient['address']],
        'failures': sorted(failures),
    }


def attempt(message):
    try:
        return read(message)
    except Exception as error:  # which the package raises for some headers
        return {'error': repr(error)}


print(json.dumps([attempt(base64.b64decode(message)) for message in json.load(sys.stdin)]))
