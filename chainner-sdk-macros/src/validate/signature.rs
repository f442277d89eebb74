//! Rules of the function's head.

use syn::{
    FnArg, GenericParam, Ident, Lifetime, Pat, Safety, Signature, Type, TypeImplTrait, TypeReference,
    visit_mut::VisitMut,
};

use crate::error::Errors;

const RULES: &[fn(&Signature, &mut Errors)] = &[
    plain_function,
    no_generics,
    no_receiver,
    arguments_have_names,
    arguments_are_borrowed_for_reading,
    arguments_live_for_the_call,
    types_are_concrete,
    items_borrow_nothing,
];

/// Whether the head is that of a plain function; the rest makes sense only then.
pub(crate) fn signature(signature: &Signature, errors: &mut Errors) -> bool {
    let mut own = Errors::default();
    RULES.iter().for_each(|rule| rule(signature, &mut own));
    let sound = own.is_empty();
    errors.append(own);
    sound
}

fn plain_function(signature: &Signature, errors: &mut Errors) {
    if let Some(token) = &signature.asyncness {
        errors.on(token, "a node cannot be `async`: it runs on a worker thread and may simply block");
    }
    if let Safety::Unsafe(token) = &signature.safety {
        errors.on(token, "a node cannot be `unsafe`: whatever the artist plugs in has to be safe");
    }
    if let Some(abi) = &signature.abi {
        errors.on(abi, "a node is an ordinary Rust function, without `extern`");
    }
    if let Some(variadic) = &signature.variadic {
        errors.on(variadic, "a node has a fixed number of inputs");
    }
}

fn no_generics(signature: &Signature, errors: &mut Errors) {
    for parameter in &signature.generics.params {
        match parameter {
            GenericParam::Lifetime(_) => {}
            GenericParam::Type(_) | GenericParam::Const(_) => {
                errors.on(parameter, "a node cannot be generic: the app needs one fixed list of inputs");
            }
        }
    }
}

fn no_receiver(signature: &Signature, errors: &mut Errors) {
    if let Some(FnArg::Receiver(receiver)) = signature.inputs.first() {
        errors.on(receiver, "a node is a free function, without `self`; move it out of the `impl`");
    }
}

fn arguments_have_names(signature: &Signature, errors: &mut Errors) {
    for argument in &signature.inputs {
        let FnArg::Typed(argument) = argument else { continue };
        match &*argument.pat {
            Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => {}
            Pat::Wild(wild) => {
                errors.on(wild, "an input needs a name: its label comes from it; `_name` may stay unused")
            }
            other => errors.on(other, "an input needs a plain name; take it apart inside the function"),
        }
    }
}

fn arguments_are_borrowed_for_reading(signature: &Signature, errors: &mut Errors) {
    for argument in &signature.inputs {
        let FnArg::Typed(argument) = argument else { continue };
        if let Type::Reference(TypeReference { mutability: Some(token), .. }) = &*argument.ty {
            errors.on(token, "an input cannot be changed; copy it, or take `ImageView<'_>` and return an `Image`");
        }
    }
}

fn types_are_concrete(signature: &Signature, errors: &mut Errors) {
    struct Find<'a>(&'a mut Errors, &'static str);
    impl VisitMut for Find<'_> {
        fn visit_type_impl_trait_mut(&mut self, ty: &mut TypeImplTrait) {
            self.0.on(ty, self.1);
        }
    }
    let mut signature = signature.clone();
    let message = "an input needs a concrete type, such as `f32` or `ImageView<'_>`, not `impl Trait`";
    signature.inputs.iter_mut().for_each(|argument| Find(errors, message).visit_fn_arg_mut(argument));
    let message = "an output needs a concrete type, such as `f32` or `Image`, not `impl Trait`";
    Find(errors, message).visit_return_type_mut(&mut signature.output);
}

/// The compiler would say this in words of lifetimes.
fn items_borrow_nothing(signature: &Signature, errors: &mut Errors) {
    struct Find(bool);
    impl VisitMut for Find {
        fn visit_lifetime_mut(&mut self, _: &mut Lifetime) {
            self.0 = true;
        }

        fn visit_type_reference_mut(&mut self, _: &mut TypeReference) {
            self.0 = true;
        }

        fn visit_ident_mut(&mut self, ident: &mut Ident) {
            self.0 |= ["ImageView", "ImageOrColor", "Clipboard"].iter().any(|borrowing| ident == borrowing);
        }
    }
    for argument in &signature.inputs {
        let FnArg::Typed(argument) = argument else { continue };
        let Type::Path(ty) = &*argument.ty else { continue };
        let Some(items) = ty.path.segments.last().filter(|last| last.ident == "Items") else { continue };
        let mut find = Find(false);
        find.visit_path_arguments_mut(&mut items.arguments.clone());
        if find.0 {
            errors.on(&ty.path, "an item lasts longer than a call and cannot borrow: `Items<Image>`, `Items<String>`");
        }
    }
}

fn arguments_live_for_the_call(signature: &Signature, errors: &mut Errors) {
    struct Find<'a>(&'a mut Errors);
    impl VisitMut for Find<'_> {
        fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
            if lifetime.ident == "static" {
                self.0.on(lifetime, "an input lives as long as the call, not for ever; leave `'static` away");
            }
        }
    }
    for argument in &signature.inputs {
        Find(errors).visit_fn_arg_mut(&mut argument.clone());
    }
}
