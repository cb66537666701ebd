//! Serialization of codes and replies. Deserialized values are validated like those made from text
//! and numbers.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::codes::{BasicCode, Class, EnhancedCode};
use crate::reply::Reply;

/// A number: `550`.
impl Serialize for BasicCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.get())
    }
}

impl<'de> Deserialize<'de> for BasicCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<BasicCode, D::Error> {
        u16::deserialize(deserializer)?.try_into().map_err(D::Error::custom)
    }
}

/// A number: `2`, `4` or `5`.
impl Serialize for Class {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(u16::from(*self))
    }
}

impl<'de> Deserialize<'de> for Class {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Class, D::Error> {
        u16::deserialize(deserializer)?.try_into().map_err(D::Error::custom)
    }
}

/// A string: `"5.1.1"`.
impl Serialize for EnhancedCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EnhancedCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<EnhancedCode, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = EnhancedCode;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an enhanced status code")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<EnhancedCode, E> {
                text.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Text)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "Reply", expecting = "a reply with code, enhanced_code and lines")]
#[serde(deny_unknown_fields)]
struct Fields<'r> {
    code: BasicCode,
    enhanced_code: Option<EnhancedCode>,
    lines: Vec<Cow<'r, str>>,
}

/// `{"code":550,"enhanced_code":"5.1.1","lines":["No such user"]}`; `enhanced_code` is null for a
/// reply without one.
impl Serialize for Reply {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let lines = self.lines().map(Cow::Borrowed).collect();
        let (code, enhanced_code) = (self.code(), self.enhanced_code());
        Fields { code, enhanced_code, lines }.serialize(serializer)
    }
}

/// An error if the class of the enhanced status code is not the basic code's. Control characters
/// are removed from the lines.
impl<'de> Deserialize<'de> for Reply {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Reply, D::Error> {
        let Fields { code, enhanced_code, lines } = Fields::deserialize(deserializer)?;
        let reply = Reply::of(code, enhanced_code, "");
        if reply.enhanced_code() != enhanced_code {
            return Err(D::Error::custom("the classes of code and enhanced_code differ"));
        }
        Ok(reply.with_lines(lines))
    }
}
