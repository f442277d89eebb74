//! Padding and colours.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::builtin::{argument, few_integers};
use crate::error::Result;
use crate::numbers::NumberItem;
use crate::scope::Scope;
use crate::strings::{StringItem, StringSet};
use crate::structs::Instance;
use crate::text::Text;
use crate::types::Type;

/// Where padding goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Start,
    End,
    /// Both sides, the smaller half in front.
    Center,
}

/// Code points a padded text may have before it becomes `string`.
const MAX_WIDTH: f64 = 65536.0;

pub(super) fn pad(arguments: &[Type], side: Side) -> Result<Type> {
    let mut result = StringSet::never();
    for text in argument(arguments, 0).strings().items() {
        for width in argument(arguments, 1).numbers().items() {
            for padding in argument(arguments, 2).strings().items() {
                result = result.union(&padded(&text, width, &padding, side));
            }
        }
    }
    Ok(result.into())
}

fn padded(text: &StringItem, width: NumberItem, padding: &StringItem, side: Side) -> StringSet {
    let (StringItem::Literal(text), Some(widths), StringItem::Literal(padding)) = (text, few_integers(width), padding)
    else {
        return StringSet::all();
    };
    let [padding] = padding.code_points()[..] else { return StringSet::never() };
    if widths.iter().any(|width| *width > MAX_WIDTH) {
        return StringSet::all();
    }
    let text = text.code_points();
    let with = |width: f64| {
        let missing = (width as usize).saturating_sub(text.len());
        let front = match side {
            Side::Start => missing,
            Side::End => 0,
            Side::Center => missing / 2,
        };
        let mut points = vec![padding; front];
        points.extend_from_slice(&text);
        points.resize(text.len() + missing, padding);
        Text::from_code_points(&points)
    };
    StringSet::Only(widths.into_iter().map(with).collect::<BTreeSet<Text>>())
}

/// The channels of a colour as chaiNNer stores it: `{"kind": "rgb", "values": [0, 0, 0]}`.
pub(super) fn parse_color(arguments: &[Type], scope: &Scope) -> Result<Type> {
    let color = scope.struct_definition("Color")?;
    let mut result = Type::never();
    for item in argument(arguments, 0).strings().items() {
        result = result.union(&match item {
            StringItem::Except(_) => Type::whole(&color),
            StringItem::Literal(text) => match channels(&text) {
                Some(count) => {
                    Instance::new(&color, vec![Type::number(count as f64)]).map_or_else(Type::never, Type::from)
                }
                None => Type::never(),
            },
        });
    }
    Ok(result)
}

fn channels(text: &Text) -> Option<usize> {
    let json: Value = serde_json::from_str(&text.to_utf8()?).ok()?;
    json.get("kind")?;
    // The host takes the length of whatever is there.
    let count = match json.get("values")? {
        Value::Array(values) => values.len(),
        Value::String(values) => values.encode_utf16().count(),
        _ => 0,
    };
    (count > 0).then_some(count)
}
