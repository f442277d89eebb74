//! Enums an artist chooses from.

use std::fmt;

use crate::library::ChoiceId;

use super::{Navi, qualified};

/// A Rust enum shown as a dropdown, a check box, tabs, icons or a grid. Derive it: `#[derive(Choice)]`.
///
/// Label and stored id of a variant come from its name (`TopLeft` → "Top Left", `top_left`), help from its `///`.
///
/// ```
/// use chainner_sdk::prelude::*;
///
/// /// How the darkening falls off.
/// #[derive(Choice)]
/// pub enum Shape {
///     Round,
///     /// Follows the proportions of the image.
///     #[choice(label = "Oval (fit)")]
///     Oval,
/// }
/// assert_eq!(Shape::TABLE.variants[1].label, "Oval (fit)");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a choice",
    label = "`#[derive(Choice)]` is missing on this type",
    note = "a choice is an enum without fields that derives `Choice`"
)]
pub trait Choice: Sized + 'static {
    /// What the derive knows of the enum.
    const TABLE: ChoiceTable;

    /// The variant at `index` of [`ChoiceTable::variants`].
    fn from_index(index: usize) -> Option<Self>;

    /// Position of this variant in [`ChoiceTable::variants`].
    fn index(&self) -> usize;
}

/// The declaration of a [`Choice`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChoiceTable {
    /// Name of the Rust type, e.g. `Shape`.
    pub name: &'static str,
    /// Cargo name of the package that declares it; together with `name` it makes the Navi type name.
    pub package: &'static str,
    /// Navi type name given by the author, instead of `package::Name`.
    pub type_name: Option<&'static str>,
    /// Type of the host's own that the choice is of; nothing is defined then.
    pub host_type: Option<&'static str>,
    /// Navi definitions that go with the type, appended to its own.
    pub definitions: Option<&'static str>,
    /// Headings in the order of the schema; those not listed follow by their variants.
    pub headings: &'static [&'static str],
    /// Variants in the order shown.
    pub variants: &'static [Variant],
    /// Index of the variant a new node starts with.
    pub default: usize,
    /// How the choice is drawn.
    pub style: ChoiceStyle,
}

/// One variant of a [`Choice`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Variant {
    /// Name of the Rust variant.
    pub name: &'static str,
    /// What saved chains hold.
    pub id: VariantId,
    /// Text shown.
    pub label: &'static str,
    /// Help, from `///`.
    pub docs: &'static str,
    /// Icon name; needed by the style [`ChoiceStyle::Icons`].
    pub icon: Option<&'static str>,
    /// What stands above it in the list.
    pub heading: Option<Heading>,
    /// Its type, where it is not that of its name.
    pub navi: Option<Navi>,
}

/// What stands above a variant in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// A line.
    Divider,
    /// A text.
    Text(&'static str),
}

impl ChoiceTable {
    /// Its name in the host's type language: in the name space of its package unless the author chose another.
    pub fn navi_name(&self) -> String {
        self.host_type.map_or_else(|| qualified(self.type_name, self.package, self.name), str::to_owned)
    }
}

/// What saved chains hold for a variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VariantId {
    /// A word.
    Text(&'static str),
    /// A number.
    Number(i64),
}

impl fmt::Display for VariantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
        }
    }
}

impl From<VariantId> for ChoiceId {
    fn from(id: VariantId) -> Self {
        match id {
            VariantId::Text(text) => Self::Text(text.to_owned()),
            VariantId::Number(number) => Self::Number(number),
        }
    }
}

/// How a choice is drawn in the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ChoiceStyle {
    /// A dropdown list.
    #[default]
    Dropdown,
    /// A check box: exactly two variants, the first meaning yes.
    Checkbox,
    /// A strip of tabs.
    Tabs,
    /// A row of icon buttons: every variant has an icon.
    Icons,
    /// A 3×3 grid: exactly nine variants, row by row.
    Anchor,
}

impl ChoiceStyle {
    /// The host's word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dropdown => "dropdown",
            Self::Checkbox => "checkbox",
            Self::Tabs => "tabs",
            Self::Icons => "icons",
            Self::Anchor => "anchor",
        }
    }
}
