//! Conditions, as an author writes them in `when(…)`.

use serde_json::Value as Json;

use super::{
    Outcome, Scope, Sort,
    navi::{literal, same},
    refused,
};
use crate::port::read::Condition;

/// How tightly an operator binds.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Binding {
    Or,
    And,
    Not,
}

impl Scope<'_> {
    /// A condition over inputs.
    pub(super) fn condition(&self, condition: &Condition) -> Outcome<String> {
        self.bound(condition, Binding::Or)
    }

    fn bound(&self, condition: &Condition, around: Binding) -> Outcome<String> {
        let (text, binding) = match condition {
            Condition::And { items } => self.joined(items, " && ", Binding::And)?,
            Condition::Or { items } => self.joined(items, " || ", Binding::Or)?,
            Condition::Not { condition } => match &**condition {
                Condition::Enum { input, values } if values.len() == 1 && !self.is_flag(*input, values) => {
                    (format!("{} != {}", self.written(*input)?, self.value(*input, &values[0])?), Binding::Not)
                }
                inner => (format!("!{}", self.operand(inner)?), Binding::Not),
            },
            Condition::Enum { input, values } => (self.is(*input, values)?, Binding::Not),
            Condition::Type { input, condition, unconnected } => {
                let Some(ty) = condition.as_str() else {
                    return refused("a condition asks for a type that is no text");
                };
                let word = if *unconnected { ", or_unconnected" } else { "" };
                let ty = literal(&ty.replace('$', "$$"));
                (format!("is({}, {ty}{word})", self.written(*input)?), Binding::Not)
            }
        };
        Ok(if binding < around { format!("({text})") } else { text })
    }

    /// What can stand behind `!`.
    fn operand(&self, condition: &Condition) -> Outcome<String> {
        let text = self.bound(condition, Binding::Not)?;
        Ok(if text.contains(" == ") && !text.starts_with(['(', 'm']) { format!("({text})") } else { text })
    }

    fn joined(&self, items: &[Condition], operator: &str, binding: Binding) -> Outcome<(String, Binding)> {
        let Some((first, rest)) = items.split_first() else {
            return Ok(((binding == Binding::And).to_string(), Binding::Not));
        };
        let tighter = if binding == Binding::Or && !rest.is_empty() { Binding::And } else { Binding::Not };
        let mut text = self.bound(first, tighter)?;
        for item in rest {
            text = format!("{text}{operator}{}", self.bound(item, tighter)?);
        }
        Ok((text, if rest.is_empty() { Binding::Not } else { binding }))
    }

    fn is_flag(&self, input: u32, values: &[Json]) -> bool {
        matches!(self.sort(input), Some(Sort::Bool)) && values.len() == 1 && values[0] == 1
    }

    fn is(&self, input: u32, values: &[Json]) -> Outcome<String> {
        let name = self.written(input)?;
        if self.is_flag(input, values) {
            return Ok(name);
        }
        match values {
            [] => refused("a condition without values"),
            [value] => Ok(format!("{name} == {}", self.value(input, value)?)),
            values => {
                // The schema has them in any order; the author's is that of the options.
                let mut values: Vec<&Json> = values.iter().collect();
                if let Some(choice) = self.index(input).ok().and_then(|index| self.choice(index)) {
                    values.sort_by_key(|value| choice.variants.iter().position(|variant| same(&variant.value, value)));
                }
                let values = values.into_iter().map(|value| self.value(input, value)).collect::<Outcome<Vec<_>>>()?;
                Ok(format!("matches!({name}, {})", values.join(" | ")))
            }
        }
    }
}
