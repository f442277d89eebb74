//! A node: checks, tables, registration.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{ide, model::Node, names};

use super::{checks, input, optional, optional_text, output, private};

/// What stands beside the function. Without `register`, the checks only: another mistake is reported already.
pub(crate) fn expand(node: &Node, register: bool) -> TokenStream {
    let p = private(&node.keys);
    let checks = checks::node(&p, node);
    let table = register.then(|| table(&p, node));
    let cfgs = &node.cfgs;
    let completion = [ide::completion("node", &node.keys)]
        .into_iter()
        .chain(node.inputs.iter().map(|input| ide::completion("input", &input.keys)))
        .chain(node.outputs.iter().map(|output| ide::completion("output", &output.keys)));
    // Named, since an `impl` may hold named constants only: a function there is then told to be no free function, and nothing else.
    let name = format_ident!("__chainner_node_{}", names::plain(&node.ident));
    quote! {
        #(#cfgs)*
        #[doc(hidden)]
        #[allow(non_upper_case_globals, reason = "named like the function")]
        const #name: () = {
            #checks
            #table
            #(#completion)*
        };
    }
}

fn table(p: &TokenStream, node: &Node) -> TokenStream {
    let Node { ident, keys, docs, returns, .. } = node;
    let id = keys.text("id");
    let function = names::plain(ident);
    let name = keys.text("name").map_or_else(|| names::title_of_snake(&function), syn::LitStr::value);
    let icon = optional_text(keys.text("icon"));
    let length = optional(keys.text("length").map(|text| node.navi(&text.value())));
    let see_also = keys.texts("see_also");
    let deprecated = keys.flag("deprecated").unwrap_or(false);
    let side_effects = keys.flag("side_effects").unwrap_or(false);
    let inputs = node.inputs.iter().map(|input| input::declaration(p, node, input));
    let outputs = node.outputs.iter().map(|output| output::options(p, node, output));
    let count = node.inputs.len();
    let arguments = node.inputs.iter().map(|input| {
        let (ty, index) = (&input.ty, input.index);
        quote!(#p::input::<#ty>().take(arguments, #index)?)
    });
    let place = input::place(p, ident);
    quote! {
        static __CHAINNER_INPUTS: [#p::InputDecl; #count] = [#(#inputs),*];
        static __CHAINNER_NODE: #p::NodeDecl = #p::NodeDecl {
            id: #id,
            function: #function,
            name: #name,
            docs: #docs,
            icon: #icon,
            group: __CHAINNER_GROUP,
            inputs: &__CHAINNER_INPUTS,
            outputs: #p::returns::<#returns>().kinds,
            output_options: &[#(#outputs),*],
            iterated_outputs: #p::returns::<#returns>().iterated,
            length: #length,
            see_also: &[#(#see_also),*],
            deprecated: #deprecated,
            side_effects: #side_effects,
            #[allow(deprecated, reason = "the node exists as long as its function does")]
            run: |arguments| #p::returns::<#returns>().values(#ident(#(#arguments),*)),
            place: #place,
            package: ::core::env!("CARGO_PKG_NAME"),
        };
        #p::submit! { #p::NodeEntry(&__CHAINNER_NODE) }
    }
}
