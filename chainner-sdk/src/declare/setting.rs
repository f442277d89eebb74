//! Settings of a package: shown in the app's settings, read by the nodes.

use std::path::PathBuf;

use crate::{error::Mismatch, value::Value};

use super::{Choice, ChoiceTable};

/// The settings of a package. Derive it on a struct, and name the struct in `package!`.
///
/// ```
/// use chainner_sdk::prelude::*;
///
/// #[derive(Choice)]
/// pub enum Device { Cpu, Gpu }
///
/// #[derive(Settings)]
/// pub struct LabSettings {
///     /// Where the films are developed.
///     device: Device,
///     #[setting(default = true)]
///     use_cache: bool,
///     #[setting(default = 4, range = 1..=64)]
///     threads: u32,
///     #[setting(directory = "films")]
///     film_cache: Option<CacheDir>,
/// }
/// assert_eq!(LabSettings::TABLE[2].label, "Threads");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` holds no settings",
    label = "not the settings of a package",
    note = "settings are a struct with `#[derive(Settings)]`, named in `package!`: `settings: LabSettings`"
)]
pub trait Settings: Sized {
    /// The settings, in the order shown.
    const TABLE: &'static [SettingDecl];

    /// Takes the values from the host, which `get` looks up by key. A value that is missing or does not fit is the default.
    fn read<'v>(get: &mut dyn FnMut(&str) -> Option<Value<'v>>) -> Self;
}

/// One setting.
#[derive(Debug, Clone, Copy)]
pub struct SettingDecl {
    /// What the host stores it under.
    pub key: &'static str,
    /// Text shown beside it.
    pub label: &'static str,
    /// Help.
    pub docs: &'static str,
    /// Shown, but not to be changed.
    pub disabled: bool,
    /// What it holds.
    pub kind: fn() -> SettingKind,
}

/// What a setting holds.
#[derive(Debug, Clone, Copy)]
pub enum SettingKind {
    /// Yes or no.
    Toggle {
        /// Value at first.
        default: bool,
    },
    /// A number.
    Number {
        /// Value at first.
        default: f64,
        /// Least.
        min: f64,
        /// Greatest.
        max: f64,
    },
    /// One of a list.
    Dropdown {
        /// The list.
        table: ChoiceTable,
        /// Index of the variant at first.
        default: usize,
    },
    /// A folder to keep things in, chosen by the app; off at first.
    Cache {
        /// Name of the folder.
        directory: &'static str,
    },
}

/// What `#[setting(…)]` says of a field.
#[derive(Debug, Clone, Copy)]
pub struct SettingOptions<T> {
    /// `default`.
    pub default: Option<T>,
    /// `range`: least value.
    pub min: Option<T>,
    /// `range`: greatest value.
    pub max: Option<T>,
    /// `directory`.
    pub directory: &'static str,
}

/// Types of the fields of a struct that derives [`Settings`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a setting",
    label = "not a type of setting",
    note = "settings are `bool`, numbers, enums with `#[derive(Choice)]`, and `Option<CacheDir>`"
)]
pub trait SettingField: Sized {
    /// Type of `default` and `range`.
    type Plain;

    /// No key given.
    fn options() -> SettingOptions<Self::Plain> {
        SettingOptions::EMPTY
    }

    /// What the setting holds.
    fn kind(options: SettingOptions<Self::Plain>) -> SettingKind;

    /// Takes a value of the host's.
    ///
    /// # Errors
    /// When it is of another kind.
    fn take(value: Option<&Value<'_>>, kind: SettingKind) -> Result<Self, Mismatch>;

    /// The value of a setting: what the host has, or else the default.
    ///
    /// # Panics
    /// When the declaration is not that of the field.
    fn read<'v>(decl: &SettingDecl, get: &mut dyn FnMut(&str) -> Option<Value<'v>>) -> Self {
        let kind = (decl.kind)();
        let given = get(decl.key);
        Self::take(given.as_ref(), kind)
            .or_else(|_| Self::take(None, kind))
            .unwrap_or_else(|mismatch| panic!("setting `{}`: {mismatch}", decl.key))
    }
}

impl<T> SettingOptions<T> {
    /// No key given.
    pub const EMPTY: Self = Self { default: None, min: None, max: None, directory: "" };
}

impl SettingField for bool {
    type Plain = bool;

    fn kind(options: SettingOptions<bool>) -> SettingKind {
        SettingKind::Toggle { default: options.default.unwrap_or(false) }
    }

    fn take(value: Option<&Value<'_>>, kind: SettingKind) -> Result<Self, Mismatch> {
        match (value, kind) {
            (Some(Value::Bool(yes)), _) => Ok(*yes),
            (None, SettingKind::Toggle { default }) => Ok(default),
            (value, _) => Err(Mismatch::new("yes or no", value.unwrap_or(&Value::Missing))),
        }
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl SettingField for $number {
            type Plain = $number;

            fn kind(options: SettingOptions<$number>) -> SettingKind {
                SettingKind::Number {
                    default: options.default.unwrap_or_default() as f64,
                    min: options.min.unwrap_or(0 as $number) as f64,
                    max: options.max.unwrap_or(100 as $number) as f64,
                }
            }

            fn take(value: Option<&Value<'_>>, kind: SettingKind) -> Result<Self, Mismatch> {
                let SettingKind::Number { default, min, max } = kind else {
                    return Err(Mismatch::new("a number", "another kind of setting"));
                };
                let number = match value {
                    None => default,
                    Some(&Value::Integer(number)) => number as f64,
                    Some(&Value::Float(number)) if !number.is_nan() => number,
                    Some(other) => return Err(Mismatch::new("a number", other)),
                };
                Ok(number.min(max).max(min) as $number)
            }
        }
    )*};
}

numbers!(u8 u16 u32 i8 i16 i32 f32 f64);

/// The setting of a choice, for its derive.
pub fn choice_setting<T: Choice>(options: SettingOptions<T>) -> SettingKind {
    let default = options.default.map_or(T::TABLE.default, |default| default.index());
    SettingKind::Dropdown { table: T::TABLE, default }
}

/// Takes the value of a choice, for its derive.
///
/// # Errors
/// When it is none of the variants.
pub fn take_choice_setting<T: Choice>(value: Option<&Value<'_>>, kind: SettingKind) -> Result<T, Mismatch> {
    let SettingKind::Dropdown { table, default } = kind else {
        return Err(Mismatch::new(T::TABLE.name, "another kind of setting"));
    };
    let index = match value {
        None => Some(default),
        // The host stores texts only.
        Some(Value::Text(text)) => table.variants.iter().position(|variant| variant.id.to_string() == **text),
        Some(_) => None,
    };
    index.and_then(T::from_index).ok_or_else(|| Mismatch::new(T::TABLE.name, value.unwrap_or(&Value::Missing)))
}

/// A folder to keep things in between runs, chosen by the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CacheDir(pub PathBuf);

impl SettingField for Option<CacheDir> {
    type Plain = ();

    fn kind(options: SettingOptions<()>) -> SettingKind {
        SettingKind::Cache { directory: options.directory }
    }

    fn take(value: Option<&Value<'_>>, _: SettingKind) -> Result<Self, Mismatch> {
        match value {
            None => Ok(None),
            Some(Value::Text(path)) if path.is_empty() => Ok(None),
            Some(Value::Text(path)) => Ok(Some(CacheDir(path.to_string().into()))),
            Some(other) => Err(Mismatch::new("the path of a folder", other)),
        }
    }
}
