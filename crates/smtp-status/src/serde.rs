//! Serialization. Deserialized values are validated like those made from text and numbers.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde_core::de::{Error, MapAccess, SeqAccess, Visitor};
use serde_core::ser::SerializeStruct;
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

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

const FIELDS: [&str; 3] = ["code", "enhanced_code", "lines"];

/// `{"code":550,"enhanced_code":"5.1.1","lines":["No such user"]}`; `enhanced_code` is null for a
/// reply without one.
impl Serialize for Reply {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let [code, enhanced_code, lines] = FIELDS;
        let mut reply = serializer.serialize_struct("Reply", FIELDS.len())?;
        reply.serialize_field(code, &self.code())?;
        reply.serialize_field(enhanced_code, &self.enhanced_code())?;
        reply.serialize_field(lines, &self.lines().collect::<Vec<_>>())?;
        reply.end()
    }
}

/// An error if the class of the enhanced status code is not the basic code's. Control characters
/// are removed from the lines.
impl<'de> Deserialize<'de> for Reply {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Reply, D::Error> {
        deserializer.deserialize_struct("Reply", &FIELDS, Fields)
    }
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Reply;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a reply with code, enhanced_code and lines")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Reply, A::Error> {
        let (mut code, mut enhanced_code, mut lines) = (None, None, None);
        while let Some(field) = map.next_key::<String>()? {
            match field.as_str() {
                "code" => code = Some(map.next_value()?),
                "enhanced_code" => enhanced_code = map.next_value()?,
                "lines" => lines = Some(map.next_value()?),
                other => return Err(A::Error::unknown_field(other, &FIELDS)),
            }
        }
        let code = code.ok_or_else(|| A::Error::missing_field("code"))?;
        let lines = lines.ok_or_else(|| A::Error::missing_field("lines"))?;
        reply(code, enhanced_code, lines)
    }

    /// For formats without field names.
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Reply, A::Error> {
        let missing = |count| A::Error::invalid_length(count, &self);
        let code = seq.next_element()?.ok_or_else(|| missing(0))?;
        let enhanced_code = seq.next_element()?.ok_or_else(|| missing(1))?;
        let lines = seq.next_element()?.ok_or_else(|| missing(2))?;
        reply(code, enhanced_code, lines)
    }
}

fn reply<E: Error>(
    code: BasicCode,
    enhanced_code: Option<EnhancedCode>,
    lines: Vec<String>,
) -> Result<Reply, E> {
    let reply = Reply::of(code, enhanced_code, "");
    if reply.enhanced_code() != enhanced_code {
        return Err(E::custom("the classes of code and enhanced_code differ"));
    }
    Ok(reply.with_lines(lines))
}
