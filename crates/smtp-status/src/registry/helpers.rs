//! One function for each of haraka-dsn's helpers, and for each status that has none there except
//! X.6.10, a deprecated duplicate.
//!
//! Each returns the [`Reply`] of the helper of that name without arguments; its `with_` methods
//! change text and code.
//!
//! ```
//! use smtp_status::{BasicCode, helpers};
//!
//! let reply = helpers::mbox_full().with_code(BasicCode::STORAGE_EXCEEDED);
//! assert_eq!(reply.to_string(), "552 5.2.2 Mailbox full");
//! ```

use super::rows::{helper_text, registry};
use crate::codes::{BasicCode, Class, EnhancedCode};
use crate::reply::Reply;

macro_rules! cite {
    ([$first:literal $(, $more:literal)*]) => { concat!($first $(, ", ", $more)*) };
}

/// Generates a function for each helper in the rows.
macro_rules! functions {
    ($(
        ($subject:literal, $detail:literal) $message:literal $basic_codes:tt $references:tt {
            $($helper:ident => $code:literal $(($own:tt))?,)*
        }
    )*) => {
        $($(
            #[doc = concat!(
                "`", $code, " X.", $subject, ".", $detail, " ", helper_text!($message $($own)?),
                "`\n\nStatus: ", $message, " (", cite!($references), ").\n\n",
                "```\n",
                "let reply = smtp_status::helpers::", stringify!($helper), "();\n",
                "assert_eq!(reply.code().get(), ", $code, ");\n",
                "assert!(reply.to_string().ends_with(\".", $subject, ".", $detail, " ",
                helper_text!($message $($own)?), "\"));\n",
                "```",
            )]
            pub const fn $helper() -> Reply {
                const CODE: BasicCode = BasicCode::new($code).unwrap();
                const STATUS: EnhancedCode =
                    EnhancedCode::new(Class::Success, $subject, $detail).unwrap();
                Reply::of(CODE, Some(STATUS), helper_text!($message $($own)?))
            }
        )*)*
    };
}

registry!(functions);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::{STATUSES, Status};

    macro_rules! replies {
        ($(
            $status:tt $message:literal $basic_codes:tt $references:tt {
                $($helper:ident => $code:literal $(($own:tt))?,)*
            }
        )*) => {
            [$($((stringify!($helper), $helper()),)*)*]
        };
    }

    #[test]
    fn each_function_returns_the_reply_of_its_helper() {
        let helpers = STATUSES.iter().flat_map(Status::helpers);
        let replies: Vec<_> = helpers.map(|helper| (helper.name(), helper.reply())).collect();
        assert_eq!(registry!(replies)[..], replies);
    }
}
