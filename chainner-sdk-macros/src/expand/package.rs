//! A package: table, registration, and what its library exports.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};

use crate::{attr::Value, model::Package, validate::package_name};

use super::{input::place, optional, optional_text, private};

/// Icon and colour of a package that names none: the host's own for unknown things.
const ICON: &str = "BsQuestionCircleFill";
const COLOR: &str = "#777777";

/// What `package!` stands for. Without `register`, the checks only: another mistake is reported already.
pub(crate) fn expand(package: &Package, register: bool) -> TokenStream {
    let p = private(&package.keys);
    let (categories, groups) = (package.expressions("categories"), package.expressions("groups"));
    let sizes: Vec<_> = package.dependencies.iter().filter_map(|dependency| dependency.expression("size")).collect();
    let features = package.expressions("features");
    let settings = package.keys.path("settings").map(|settings| quote!(<#settings as #p::Settings>::TABLE));
    let settings = settings.unwrap_or_else(|| quote!(&[]));
    let table = register.then(|| table(&p, package));
    quote! {
        const _: () = {
            const __CHAINNER_CATEGORIES: &[#p::Category] = &[#(#categories),*];
            const __CHAINNER_GROUPS: &[#p::Group] = &[#(#groups),*];
            const __CHAINNER_FEATURES: &[#p::Feature] = &[#(#features),*];
            const __CHAINNER_SETTINGS: &[#p::SettingDecl] = #settings;
            #(const _: ::core::primitive::u64 = #sizes;)*
            #table
        };
    }
}

fn table(p: &TokenStream, package: &Package) -> TokenStream {
    let keys = &package.keys;
    let id = keys.text("id").map_or_else(package_name, syn::LitStr::value);
    let (name, description) = (keys.text("name"), keys.text("description"));
    let icon = keys.text("icon").map_or_else(|| ICON.to_owned(), syn::LitStr::value);
    let color = keys.text("color").map_or_else(|| COLOR.to_owned(), syn::LitStr::value);
    let dependencies = package.dependencies.iter().map(|dependency| {
        let [name, pypi, version] = ["name", "pypi", "version"].map(|key| dependency.text(key));
        let size = dependency.expression("size");
        let auto_update = dependency.flag("auto_update").unwrap_or(true);
        let find_link = optional_text(dependency.text("find_link"));
        quote! {
            #p::Dependency {
                name: #name,
                pypi: #pypi,
                version: #version,
                size: #size,
                auto_update: #auto_update,
                find_link: #find_link,
            }
        }
    });
    let disabled = optional(match keys.get("disabled").map(|entry| &entry.value) {
        Some(Value::Note(reason)) => Some(reason.as_ref().map_or_else(String::new, syn::LitStr::value)),
        _ => None,
    });
    let replaces = optional_text(keys.text("replaces"));
    let place = place(p, &format_ident!("package", span = Span::call_site()));
    let symbol = format_ident!("chainner_package_{}", package_name());
    // A package that another one depends on is linked into it, and a library can export only one Python module. Cargo sets the
    // variable for the packages it was asked to build, not for their dependencies.
    let python = std::env::var_os("CARGO_PRIMARY_PACKAGE").map(|_| quote!(#p::export_python! { __CHAINNER_PACKAGE }));
    quote! {
        static __CHAINNER_PACKAGE: #p::PackageDecl = #p::PackageDecl {
            id: #id,
            name: #name,
            description: #description,
            icon: #icon,
            color: #color,
            categories: __CHAINNER_CATEGORIES,
            groups: __CHAINNER_GROUPS,
            dependencies: &[#(#dependencies),*],
            features: __CHAINNER_FEATURES,
            settings: __CHAINNER_SETTINGS,
            disabled: #disabled,
            replaces: #replaces,
            place: #place,
            package: ::core::env!("CARGO_PKG_NAME"),
        };
        #p::submit! { #p::PackageEntry(&__CHAINNER_PACKAGE) }
        #p::export! { __CHAINNER_PACKAGE, #symbol }
        #python
    }
}
