//! Choices: one of the listed values.

use crate::{
    declare::{ChoiceStyle, ChoiceTable, DefaultValue, InputOptions, LabelStyle, VariantId},
    error::Mismatch,
    value::Value,
};

/// An input for one of the variants of an enum.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceSpec {
    /// The enum.
    pub table: ChoiceTable,
    /// Index of the variant of a new node.
    pub default: usize,
    /// How it is drawn.
    pub style: ChoiceStyle,
    /// Where the label is drawn.
    pub label_style: LabelStyle,
}

impl ChoiceSpec {
    /// From the enum and the keys.
    pub fn new(table: ChoiceTable, options: &InputOptions) -> Self {
        let default = match options.default.map(|default| default()) {
            Some(DefaultValue::Choice(index)) => index,
            _ => table.default,
        };
        let style = options.style.unwrap_or(table.style);
        let label_style = options.label_style.unwrap_or(match style {
            ChoiceStyle::Anchor => LabelStyle::Inline,
            _ => LabelStyle::Default,
        });
        Self { table, default, style, label_style }
    }

    pub(super) fn enforce<'a>(&self, value: Value<'a>) -> Result<Value<'a>, Mismatch> {
        let found = self.table.variants.iter().position(|variant| match (variant.id, &value) {
            (VariantId::Text(id), Value::Text(text)) => id == text.as_ref(),
            (VariantId::Number(id), &Value::Integer(number)) => id == number,
            (VariantId::Number(id), &Value::Float(number)) => id as f64 == number,
            (VariantId::Number(id), &Value::Bool(yes)) => id == i64::from(yes),
            _ => false,
        });
        match (found, value) {
            (Some(index), _) => Ok(Value::Variant(index)),
            (None, Value::Variant(index)) if index < self.table.variants.len() => Ok(Value::Variant(index)),
            (None, other) => Err(Mismatch::new(self.expected(), other)),
        }
    }

    pub(super) fn expected(&self) -> String {
        let ids: Vec<String> = self
            .table
            .variants
            .iter()
            .map(|variant| match variant.id {
                VariantId::Text(id) => format!("'{id}'"),
                VariantId::Number(id) => id.to_string(),
            })
            .collect();
        format!("one of {}", ids.join(", "))
    }
}
