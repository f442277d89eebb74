//! The declaration of a package.

use std::borrow::Cow;

use super::{Category, Feature, Group, NodeDecl, Place, SettingDecl};

/// What `package!` declares.
#[derive(Debug, Clone, Copy)]
pub struct PackageDecl {
    /// Key of the package in the host, e.g. `film_lab`.
    pub id: &'static str,
    /// Name shown in the app.
    pub name: &'static str,
    /// What it is, in a sentence or two.
    pub description: &'static str,
    /// Icon in the dependency manager.
    pub icon: &'static str,
    /// Colour in the dependency manager.
    pub color: &'static str,
    /// Categories in the order shown.
    pub categories: &'static [Category],
    /// Groups in the order shown; groups that are not listed follow by name.
    pub groups: &'static [Group],
    /// What pip has to install with it.
    pub dependencies: &'static [Dependency],
    /// What nodes of the package need and may lack.
    pub features: &'static [Feature],
    /// Its settings, in the order shown.
    pub settings: &'static [SettingDecl],
    /// Why it is greyed out in the dependency manager, if it is.
    pub disabled: Option<&'static str>,
    /// First part of the ids of the nodes that those of the package can run in place of: `film_lab:light:vignette` in place of
    /// `chainner:light:vignette` if this is `chainner`.
    pub replaces: Option<&'static str>,
    /// Where `package!` stands.
    pub place: Place,
    /// Cargo name of the declaring package.
    pub package: &'static str,
}

impl PackageDecl {
    /// Id of the node that a node of the package can run in place of.
    pub fn replaced_by(&self, node: &NodeDecl) -> Option<Cow<'static, str>> {
        let alike = || Some(Cow::Owned(format!("{}:{}", self.replaces?, node.id.split_once(':')?.1)));
        node.replaces.map(Cow::Borrowed).or_else(alike)
    }
}

/// A Python distribution that the package needs at run time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dependency {
    /// Name shown in the app.
    pub name: &'static str,
    /// Name on PyPI.
    pub pypi: &'static str,
    /// Version, e.g. `1.2.3`.
    pub version: &'static str,
    /// Size of the download in bytes, about.
    pub size: u64,
    /// Whether the app replaces another version without asking.
    pub auto_update: bool,
    /// An index of packages besides PyPI.
    pub find_link: Option<&'static str>,
}
