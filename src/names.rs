//! The helpers under every name that JavaScript knows them by.

use smtp_status::{Helper, STATUSES, Status};

/// Helpers that haraka-dsn misspells, each with its name there.
const HARAKA_DSN_SPELLINGS: [(&str, &str); 1] = [("addr_dest_ambiguous", "addr_dest_ambigous")];

/// Helpers that haraka-dsn's guide misspelt before 1.2.0, each with its name there; plugins copied
/// them.
const OLD_SPELLINGS: [(&str, &str); 3] = [
    ("addr_bad_dest_mbox", "addr_bad_dest_mailbox"),
    ("addr_mbox_moved", "addr_mbox_mobed"),
    ("proto_too_many_rcpts", "proto_too_many_recipients"),
];

/// The name of a helper in haraka-dsn.
pub(crate) fn name(helper: &Helper) -> &'static str {
    spelling(&HARAKA_DSN_SPELLINGS, helper).unwrap_or(helper.name())
}

/// Every name with its helper, in the order of the registry; an old spelling follows the name.
pub(crate) fn helpers() -> impl Iterator<Item = (&'static str, &'static Helper)> {
    STATUSES.iter().flat_map(Status::helpers).flat_map(|helper| {
        let names = [Some(name(helper)), spelling(&OLD_SPELLINGS, helper)];
        names.into_iter().flatten().map(move |name| (name, helper))
    })
}

fn spelling(spellings: &[(&str, &'static str)], helper: &Helper) -> Option<&'static str> {
    let found = spellings.iter().find(|(name, _)| *name == helper.name());
    found.map(|&(_, spelling)| spelling)
}
