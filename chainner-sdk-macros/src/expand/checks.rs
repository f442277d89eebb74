//! Checks that only the compiler can make, since only it knows types and constants. Each is shown at the token it is about.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Expr, Ident};

use crate::{
    attr::{KeyInfo, Value},
    keys,
    model::{Input, Node, Output},
};

use super::{at, call_over, condition, context, forever, input::style, layout, optional, suggestion};

/// Keys that a trait bound judges, with a message of its own.
const JUDGED_BY_BOUNDS: [&str; 8] =
    ["default", "range", "step", "slider_step", "style", "required_when", "optional_list", "linked"];

/// The constant that holds a number of an input, in the input's own type.
pub(super) fn constant(input: &Input, what: &str, span: Span) -> Ident {
    format_ident!("__CHAINNER_{}_{}", what, input.index, span = span)
}

/// The checks of a node, among them the constants that its tables use.
///
/// What the tables bring to the compiler anyway is checked here only if they are not `written`, because of other mistakes.
pub(super) fn node(p: &TokenStream, node: &Node, written: bool) -> TokenStream {
    let context = context::declaration(p, node);
    let ids = ids(node);
    let inputs = node.inputs.iter().map(|input| self::input(p, node, input, written));
    let outputs = node.outputs.iter().enumerate().map(|(index, output)| self::output(p, node, index, output));
    let group = node.keys.expression("group").map(|group| quote!(const __CHAINNER_GROUP: #p::Group = #group;));
    let features = node.keys.expressions("features");
    let layout = layout::checks(p, node, written);
    let suggestions = suggestion::checks(p, node);
    let key_info = key_info(p, node);
    let returns = &node.returns;
    let returned = returned();
    let declared = node.outputs.len();
    let surplus = node.outputs.last().map(|output| {
        let fits = at(output.span, quote!(#p::outputs_fit));
        let arguments = quote_spanned!(output.span=> (#declared, #returned.kinds.len()));
        quote!(const _: () = #fits #arguments;)
    });
    let length = node.keys.get("length").map(|entry| call(p, "length_fits", entry.span, quote!(#returned.iterated)));
    quote! {
        #context
        #group
        #ids
        #(#inputs)*
        const #returned: #p::ReturnFacts = #p::returns::<#returns>().facts();
        #length
        #surplus
        #(#outputs)*
        const __CHAINNER_FEATURES: &[#p::Feature] = &[#(#features),*];
        #layout
        #suggestions
        #key_info
    }
}

/// Ids that the author gives are not those that others have from their positions.
fn ids(node: &Node) -> TokenStream {
    let given = node.inputs.iter().filter_map(|input| input.keys.integer("id"));
    let clashes = given.flat_map(|(id, span)| {
        let others = node.inputs.iter().filter(|other| other.keys.integer("id").is_none());
        others.filter_map(move |other| {
            let clashes = |has_context: bool| (!has_context || other.index > 0) && other.id(has_context) == id;
            let sound = match (clashes(false), clashes(true)) {
                (false, false) => return None,
                (true, true) => quote!(false),
                (true, false) => quote!(__CHAINNER_CONTEXT),
                (false, true) => quote!(!__CHAINNER_CONTEXT),
            };
            let name = other.name();
            let message = format!("id {id} is that of `{name}`, from its position; give one of them another `id`");
            Some(quote_spanned!(span=> const _: () = ::core::assert!(#sound, #message);))
        })
    });
    clashes.collect()
}

/// The input whose value the collapsed node shows is one that can be shown.
fn key_info(p: &TokenStream, node: &Node) -> TokenStream {
    let Some(Value::KeyInfo(KeyInfo::Input(name))) = node.keys.get("key_info").map(|entry| &entry.value) else {
        return TokenStream::new();
    };
    node.input(name).map_or_else(TokenStream::new, |input| {
        let facts = facts(input);
        call(p, "key_info_fits", name.span(), quote!(#facts.kind))
    })
}

/// The constant that holds what is known of an input's type.
pub(super) fn facts(input: &Input) -> Ident {
    format_ident!("__CHAINNER_INPUT_{}", input.index)
}

/// The constant that holds what is known of the type returned.
pub(super) fn returned() -> Ident {
    format_ident!("__CHAINNER_RETURNED")
}

fn input(p: &TokenStream, node: &Node, input: &Input, written: bool) -> TokenStream {
    let (ty, facts) = (&input.ty, facts(input));
    let (kind, is_sequence) = (quote!(#facts.kind), quote!(#facts.item.is_some()));
    let fits = call_over(ty, quote!(#p::items_fit), quote!(#is_sequence, #kind));
    let mut checks = quote! {
        const #facts: #p::InputFacts = #p::input::<#ty>().facts();
        const _: () = #fits;
    };
    if let (Some(entry), Some(handle)) = (input.keys.get("handle"), input.keys.flag("handle")) {
        checks.extend(call(p, "handle_fits", entry.span, quote!(#is_sequence, #handle)));
    }
    let control = input.keys.flag("control");
    for entry in input.keys.iter() {
        let name = entry.key.name;
        // A key that fits every kind needs no check.
        if entry.key.kinds.len() < keys::ALL.len() && !JUDGED_BY_BOUNDS.contains(&name) {
            let mask = entry.key.mask();
            checks.extend(call(p, "key_fits", entry.span, quote!(#name, #mask, #kind)));
        }
        if keys::CONTROL.contains(&name) && !(name == "default" && control.is_none()) {
            let control = optional(control);
            checks.extend(call(p, "control_fits", entry.span, quote!(#name, #is_sequence, #control)));
        } else if name == "items" {
            checks.extend(call(p, "items_key_fits", entry.span, is_sequence.clone()));
        }
    }
    checks.extend(range(p, input));
    checks.extend(default(p, input));
    for condition in ["when", "required_when"].iter().filter_map(|key| input.keys.condition(key)) {
        checks.extend(condition::checks(p, node, condition, written));
    }
    for (option, condition) in input.keys.option_conditions() {
        if !written {
            let option = condition::value(p, input, &input.ident, option);
            checks.extend(quote!(const _: fn() -> #p::ChoiceId = #option;));
        }
        checks.extend(condition::checks(p, node, condition, written));
    }
    for group in ["required_when", "optional_list", "linked"] {
        if let Some(entry) = input.keys.get(group) {
            checks.extend(call(p, "group_fits", entry.span, quote!(#group, #kind, #facts.optional)));
        }
    }
    if let Some((index, span)) = input.keys.integer("fused") {
        let returned = returned();
        checks.extend(call(p, "fused_fits", span, quote!(#index, #returned.kinds.len())));
    }
    if let Some((word, span)) = input.keys.word("style") {
        let style = style(p, word);
        let ty = at(span, ty);
        checks.extend(call(p, "style_fits", span, quote!(<#ty as #p::StyledInput>::TABLE, #style)));
    }
    checks
}

/// `const _: () = function(arguments);`, shown at `span`.
pub(super) fn call(p: &TokenStream, function: &str, span: Span, arguments: TokenStream) -> TokenStream {
    let function = format_ident!("{function}");
    let path = at(span, quote!(#p::#function));
    let arguments = quote_spanned!(span=> (#arguments));
    quote!(const _: () = #path #arguments;)
}

/// The ends of `range` and `length`, the steps, and whether they are in order.
fn range(p: &TokenStream, input: &Input) -> TokenStream {
    let mut checks = TokenStream::new();
    for (key, names) in [("range", ["MIN", "MAX"]), ("length", ["SHORTEST", "LONGEST"])] {
        let (Some(range), Some(entry)) = (input.keys.range(key), input.keys.get(key)) else { continue };
        let ty = if key == "range" { number_type(p, input, entry.span) } else { quote!(::core::primitive::u32) };
        let [lower, upper] = names.map(|name| constant(input, name, entry.span));
        for (constant, end) in [(&lower, &range.lower), (&upper, &range.upper)] {
            let Some(end) = end else { continue };
            checks.extend(typed(constant, &ty, end, entry.span));
            if key == "range" {
                let finite = call_over(end, quote!(#p::end_is_finite), quote!(#constant as ::core::primitive::f64));
                checks.extend(quote!(const _: () = #finite;));
            }
        }
        if range.lower.is_some() && range.upper.is_some() {
            let ascends = call_over(range, quote!(#p::range_ascends), quote!(#lower <= #upper));
            checks.extend(quote!(const _: () = #ascends;));
        }
    }
    for (key, name) in [("step", "STEP"), ("slider_step", "SLIDER_STEP")] {
        let (Some(step), Some(entry)) = (input.keys.expression(key), input.keys.get(key)) else { continue };
        let (ty, constant) = (number_type(p, input, entry.span), constant(input, name, entry.span));
        let positive = call_over(step, quote!(#p::step_is_positive), quote!(#constant as ::core::primitive::f64));
        checks.extend(typed(&constant, &ty, step, entry.span));
        checks.extend(quote!(const _: () = #positive;));
    }
    checks
}

/// `const constant: ty = value;`
///
/// A type that does not exist, because the key is not for this input, is reported wherever it is needed; all those places are the
/// key, so that rustc, which shows an error once, shows one. Of the value, only a mismatch with the type is reported.
fn typed(constant: &Ident, ty: &TokenStream, value: &Expr, span: Span) -> TokenStream {
    let name = Ident::new("value", span);
    let (head, tail) = (at(span, quote!(const #constant: #ty)), at(span, quote!(#name)));
    let declared = at(span, quote!(let #name: #ty));
    quote_spanned!(span=> #head = { #declared = #value; #tail };)
}

fn number_type(p: &TokenStream, input: &Input, span: Span) -> TokenStream {
    let ty = forever(&input.ty);
    at(span, quote!(<#ty as #p::NumberInput>::Number))
}

fn default(p: &TokenStream, input: &Input) -> TokenStream {
    let (Some(default), Some(entry)) = (input.keys.expression("default"), input.keys.get("default")) else {
        return TokenStream::new();
    };
    let ty = forever(&input.ty);
    let ty = at(entry.span, quote!(<#ty as #p::DefaultInput>::Default));
    let constant = constant(input, "DEFAULT", entry.span);
    let mut checks = typed(&constant, &ty, default, entry.span);
    for (key, names, check, what) in [
        ("range", ["MIN", "MAX"], "within_range", quote!(#constant)),
        ("length", ["SHORTEST", "LONGEST"], "within_length", quote!(#p::characters(#constant))),
    ] {
        let (Some(range), Some(bounds)) = (input.keys.range(key), input.keys.get(key)) else { continue };
        let [lower, upper] = names.map(|name| self::constant(input, name, bounds.span));
        let above = range.lower.is_some().then(|| quote!(#what >= #lower));
        let below = range.upper.is_some().then(|| quote!(#what <= #upper));
        let inside = match (above, below) {
            // A range that is itself wrong is one mistake, not two.
            (Some(above), Some(below)) => quote!(#lower > #upper || #above && #below),
            (Some(end), None) | (None, Some(end)) => end,
            (None, None) => continue,
        };
        let check = format_ident!("{check}");
        let within = call_over(default, quote!(#p::#check), inside);
        checks.extend(quote!(const _: () = #within;));
    }
    checks
}

fn output(p: &TokenStream, node: &Node, index: usize, output: &Output) -> TokenStream {
    let returned = returned();
    let kinds = quote!(#returned.kinds);
    let kind_of = |name: &Ident| {
        node.input(name).map(|input| {
            let facts = facts(input);
            quote!(#facts.kind)
        })
    };
    let mut checks = TokenStream::new();
    for entry in output.keys.iter() {
        let name = entry.key.name;
        // A key that fits every kind of output needs no check.
        if entry.key.kinds.len() < keys::OUTPUTS.len() {
            let mask = entry.key.mask();
            checks.extend(call(p, "output_key_fits", entry.span, quote!(#name, #mask, #kinds, #index)));
        }
        match &entry.value {
            Value::Integer(_, span) if name == "position" => {
                let positions = node
                    .outputs
                    .iter()
                    .map(|output| optional(output.keys.integer("position").map(|(position, _)| position)));
                let arguments = quote!(&[#(#positions),*], #index, #returned.iterated);
                checks.extend(call(p, "position_fits", *span, arguments));
            }
            Value::Input(input) => {
                let Some(kind) = kind_of(input) else { continue };
                checks.extend(match name {
                    "same_as" => call(p, "same_as_fits", input.span(), quote!(#kinds, #index, #kind)),
                    "of" => call(p, "of_fits", input.span(), kind),
                    "passthrough" => TokenStream::new(),
                    _ => call(p, "size_as_fits", input.span(), kind),
                });
            }
            Value::Formula(formula) => {
                for (input, field) in formula.inputs() {
                    let Some(kind) = kind_of(input) else { continue };
                    checks.extend(match field {
                        Some(field) => call(p, "input_has_pixels", field.name.span(), kind),
                        None => call(p, "input_is_number", input.span(), kind),
                    });
                }
            }
            _ => {}
        }
    }
    checks
}
