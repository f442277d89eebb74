//! Values of settings.

use crate::value::Value;

/// A value of a setting, as a host stores it.
#[derive(Debug, Clone, PartialEq)]
pub enum SettingValue {
    /// Of a `bool`.
    Toggle(bool),
    /// Of a number.
    Number(f64),
    /// Of a choice: the id of the variant. Of a folder: its path, empty if there is none.
    Text(String),
}

impl SettingValue {
    /// The value as [`Settings::read`](crate::declare::Settings::read) takes it.
    pub(crate) fn value(&self) -> Value<'static> {
        match self {
            Self::Toggle(yes) => Value::Bool(*yes),
            Self::Number(number) => Value::Float(*number),
            Self::Text(text) => Value::Text(text.clone().into()),
        }
    }
}

impl From<bool> for SettingValue {
    fn from(yes: bool) -> Self {
        Self::Toggle(yes)
    }
}

impl From<i32> for SettingValue {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<f64> for SettingValue {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for SettingValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for SettingValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
