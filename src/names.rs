//! The helpers under every name that JavaScript knows them by.

use smtp_status::{Helper, STATUSES, Status};

/// The names that haraka-dsn's guide misspelt before 1.2.0, each with the helper's name; plugins
/// copied them.
pub(crate) const OLD_SPELLINGS: [(&str, &str); 3] = [
    ("addr_bad_dest_mailbox", "addr_bad_dest_mbox"),
    ("addr_mbox_mobed", "addr_mbox_moved"),
    ("proto_too_many_recipients", "proto_too_many_rcpts"),
];

/// Every name with its helper, in the order of the registry; an old spelling follows the name.
pub(crate) fn helpers() -> impl Iterator<Item = (&'static str, &'static Helper)> {
    STATUSES.iter().flat_map(Status::helpers).flat_map(|helper| {
        let old = OLD_SPELLINGS.iter().find(|(_, name)| *name == helper.name());
        let names = [Some(helper.name()), old.map(|&(old, _)| old)];
        names.into_iter().flatten().map(move |name| (name, helper))
    })
}
