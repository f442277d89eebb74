//! The nodes and packages that the macros registered. The one place that names `inventory`.

use crate::declare::{NodeDecl, PackageDecl};

/// A registered node.
#[derive(Debug)]
pub struct NodeEntry(pub &'static NodeDecl);

/// A registered package.
#[derive(Debug)]
pub struct PackageEntry(pub &'static PackageDecl);

inventory::collect!(NodeEntry);
inventory::collect!(PackageEntry);

#[doc(hidden)]
pub use inventory::submit;

/// All nodes that the package of this Cargo name declares, in a stable order: by id, then by place.
///
/// The order of registration is the linker's and changes between builds; nodes of other packages in the dependency graph are
/// linked too and are left out.
pub fn nodes_of(package: &str) -> Vec<&'static NodeDecl> {
    let mut nodes: Vec<_> =
        inventory::iter::<NodeEntry>().map(|entry| entry.0).filter(|node| node.package == package).collect();
    nodes.sort_by_key(|node| (node.id, node.place));
    nodes
}

/// All nodes that are linked into this program, of whatever package, by id.
pub fn all_nodes() -> Vec<&'static NodeDecl> {
    let mut nodes: Vec<_> = inventory::iter::<NodeEntry>().map(|entry| entry.0).collect();
    nodes.sort_by_key(|node| (node.id, node.place));
    nodes
}

/// All `package!` declarations of the package of this Cargo name, by place; a sound package has one.
pub fn packages_of(package: &str) -> Vec<&'static PackageDecl> {
    let mut packages: Vec<_> =
        inventory::iter::<PackageEntry>().map(|entry| entry.0).filter(|decl| decl.package == package).collect();
    packages.sort_by_key(|decl| decl.place);
    packages
}
