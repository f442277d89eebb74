//! Where a node is found in the app's node list: a category (an accordion) and a group in it.

/// An accordion of the app's node list. Its id in the host is its name in lower case.
///
/// ```
/// use chainner_sdk::prelude::*;
///
/// pub const FILM: Category = Category::new("Film Lab", "Looks of photographic film.").icon("MdCameraRoll").color("#B7791F");
/// pub const LIGHT: Group = FILM.group("Light");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Category {
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) icon: &'static str,
    pub(crate) color: &'static str,
    pub(crate) install_hint: Option<&'static str>,
}

impl Category {
    /// A category with a name that no other package uses, and a sentence for its tooltip.
    pub const fn new(name: &'static str, description: &'static str) -> Self {
        Self { name, description, icon: "BsQuestionCircleFill", color: "#777777", install_hint: None }
    }

    /// Sets the icon: a react-icons name such as `MdCameraRoll`, or a single character.
    pub const fn icon(self, icon: &'static str) -> Self {
        Self { icon, ..self }
    }

    /// Sets the colour of the category's nodes: a CSS colour such as `#B7791F`.
    pub const fn color(self, color: &'static str) -> Self {
        Self { color, ..self }
    }

    /// Says what to install for the category's nodes, where the app lists it as missing.
    pub const fn install_hint(self, hint: &'static str) -> Self {
        Self { install_hint: Some(hint), ..self }
    }

    /// A group of nodes in this category.
    pub const fn group(self, name: &'static str) -> Group {
        Group { category: self, name, order: &[] }
    }

    /// Id in the host's schema.
    pub fn id(&self) -> String {
        self.name.to_lowercase()
    }
}

/// A headed group of nodes in a [`Category`], made with [`Category::group`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    pub(crate) category: Category,
    pub(crate) name: &'static str,
    pub(crate) order: &'static [&'static str],
}

impl Group {
    /// Puts the nodes with these ids first, in this order; the rest follow by name.
    pub const fn order(self, ids: &'static [&'static str]) -> Self {
        Self { order: ids, ..self }
    }

    /// Id in the host's schema.
    pub fn id(&self) -> String {
        format!("{}/{}", self.category.id(), self.name.to_lowercase())
    }

    /// The category the group stands in.
    pub const fn category(&self) -> Category {
        self.category
    }
}
