//! Types of the author's own that travel between nodes.

/// A Rust type that travels between nodes as a [`Handle`](crate::value::Handle). Derive it: `#[derive(NaviType)]`.
///
/// In the app it is a struct of the type language in the name space of its package, so two packages cannot clash. Handles can be
/// connected to inputs of the same type only.
///
/// ```
/// use chainner_sdk::prelude::*;
///
/// #[derive(NaviType)]
/// pub struct Lut {
///     pub table: Vec<[f32; 3]>,
/// }
/// assert_eq!(Lut::NAVI.name(), "chainner_sdk::Lut");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no type in the app",
    label = "`#[derive(NaviType)]` is missing on this type",
    note = "a type that travels between nodes as `Handle<…>` derives `NaviType`"
)]
pub trait NaviType: Send + Sync + Sized + 'static {
    /// What the app knows of it.
    const NAVI: &'static NaviStruct;
}

/// A struct of the host's type language that stands for a Rust type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NaviStruct {
    /// Name of the Rust type, e.g. `Lut`.
    pub name: &'static str,
    /// Cargo name of the package that declares it.
    pub package: &'static str,
    /// Navi type name given by the author, instead of `package::Name`.
    pub type_name: Option<&'static str>,
    /// Its fields with their types, e.g. `("size", "int(1..)")`.
    pub fields: &'static [(&'static str, &'static str)],
}

impl NaviStruct {
    /// Its name in the type language, in the name space of its package unless the author chose another.
    pub fn name(&self) -> String {
        qualified(self.type_name, self.package, self.name)
    }

    /// Its definition, the same text wherever it is needed.
    pub fn definition(&self) -> String {
        let name = self.name();
        if self.fields.is_empty() {
            return format!("struct {name};");
        }
        let fields: Vec<String> = self.fields.iter().map(|(field, ty)| format!("{field}: {ty}")).collect();
        format!("struct {name} {{ {} }}", fields.join(", "))
    }
}

/// A type name in the name space of its package, since all packages share one scope.
pub(crate) fn qualified(chosen: Option<&str>, package: &str, name: &str) -> String {
    chosen.map_or_else(|| format!("{}::{name}", name_space(package)), str::to_owned)
}

/// A Cargo name as a Navi name: `film-lab` is `film_lab`.
fn name_space(package: &str) -> String {
    let name = package.replace('-', "_");
    // Navi names start with a letter.
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) { name } else { format!("p_{name}") }
}
