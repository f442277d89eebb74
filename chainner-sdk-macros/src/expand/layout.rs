//! The layout as a table.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

use crate::{
    attr::{Group, Item},
    model::Node,
    names,
};

use super::{
    checks::{call, facts},
    condition, context, optional,
};

/// The layout of the author's, if there is one.
pub(super) fn table(p: &TokenStream, node: &Node) -> TokenStream {
    optional(node.layout.as_ref().map(|layout| {
        let items = layout.items.iter().map(|item| self::item(p, node, item));
        quote!(&[#(#items),*])
    }))
}

fn item(p: &TokenStream, node: &Node, item: &Item) -> TokenStream {
    match item {
        Item::Input(name) => {
            let index = node.input(name).map(|input| context::index(p, input.index, name.span()));
            quote!(#p::LayoutItem::Input(#index))
        }
        Item::Group(group) => {
            let items = group.items.iter().map(|item| self::item(p, node, item));
            let condition = group.condition.as_ref().map(|condition| condition::table(p, node, condition));
            let label = &group.label;
            let kind = format_ident!(
                "{}",
                match group.word {
                    "when" => "Conditional",
                    "required_when" => "Required",
                    "optional_list" => "OptionalList",
                    "seed" => "Seed",
                    "linked" => "LinkedInputs",
                    "icon_set" => "IconSet",
                    "menu_icons" => "MenuIconRow",
                    "from_to" => "FromToDropdowns",
                    _ => "NcnnFileInputs",
                }
            );
            let inner =
                condition.map(|condition| quote!((#condition))).or(label.as_ref().map(|label| quote!((#label))));
            quote!(#p::LayoutItem::Group { kind: #p::GroupKind::#kind #inner, items: &[#(#items),*] })
        }
    }
}

/// The checks of conditions, and of what stands in groups.
pub(super) fn checks(p: &TokenStream, node: &Node, written: bool) -> TokenStream {
    let groups = node.layout.iter().flat_map(|layout| layout.groups());
    let first = node
        .inputs
        .first()
        .zip(node.layout.as_ref())
        .filter(|(first, layout)| !layout.inputs().into_iter().any(|name| names::plain(name) == first.name()));
    let lacks_first = first.map(|(first, layout)| {
        let message = format!("the layout lacks `{}`; every input stands in it once", first.name());
        quote_spanned!(layout.span=> const _: () = ::core::assert!(__CHAINNER_CONTEXT, #message);)
    });
    groups
        .map(|group| {
            let condition = group.condition.as_ref().map(|condition| condition::checks(p, node, condition, written));
            let members = members(group).into_iter().filter_map(|name| {
                let (input, word) = (facts(node.input(name)?), group.word);
                Some(call(p, "group_fits", name.span(), quote!(#word, #input.kind, #input.optional)))
            });
            quote!(#condition #(#members)*)
        })
        .chain(lacks_first)
        .collect()
}

/// The inputs that stand in a group, for lists with those of the groups in it.
fn members(group: &Group) -> Vec<&syn::Ident> {
    fn of(items: &[Item], deep: bool) -> Vec<&syn::Ident> {
        items
            .iter()
            .flat_map(|item| match item {
                Item::Input(name) => vec![name],
                Item::Group(inner) if deep => of(&inner.items, deep),
                Item::Group(_) => Vec::new(),
            })
            .collect()
    }
    of(&group.items, group.word == "optional_list")
}
