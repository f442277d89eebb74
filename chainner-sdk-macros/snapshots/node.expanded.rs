/// Brightens.
pub fn gain(image: ImageView<'_>, gain: f32) -> Image {
    image.map_colors(|_, _, sample| sample * gain)
}
#[doc(hidden)]
#[allow(non_upper_case_globals, reason = "named like the function")]
const __chainner_node_gain: () = {
    const __CHAINNER_GROUP: ::chainner_sdk::__private::Group = TONE;
    const _: ::chainner_sdk::__private::Kind = ::chainner_sdk::__private::input::<
        ImageView<'_>,
    >()
        .kind;
    const _: () = ::chainner_sdk::__private::items_fit(
        ::chainner_sdk::__private::input::<ImageView<'_>>().item.is_some(),
        ::chainner_sdk::__private::input::<ImageView<'_>>().kind,
    );
    const _: ::chainner_sdk::__private::Kind = ::chainner_sdk::__private::input::<f32>()
        .kind;
    const _: () = ::chainner_sdk::__private::items_fit(
        ::chainner_sdk::__private::input::<f32>().item.is_some(),
        ::chainner_sdk::__private::input::<f32>().kind,
    );
    const _: () = ::chainner_sdk::__private::key_fits(
        "slider",
        ::chainner_sdk::__private::input::<f32>().kind,
    );
    const _: () = ::chainner_sdk::__private::control_fits(
        "slider",
        ::chainner_sdk::__private::input::<f32>().item.is_some(),
        ::core::option::Option::None,
    );
    const __CHAINNER_MIN_1: <f32 as ::chainner_sdk::__private::NumberInput>::Number = {
        let value: <f32 as ::chainner_sdk::__private::NumberInput>::Number = 0.0;
        value
    };
    const _: () = ::chainner_sdk::__private::end_is_finite(
        __CHAINNER_MIN_1 as ::core::primitive::f64,
    );
    const __CHAINNER_MAX_1: <f32 as ::chainner_sdk::__private::NumberInput>::Number = {
        let value: <f32 as ::chainner_sdk::__private::NumberInput>::Number = 8.0;
        value
    };
    const _: () = ::chainner_sdk::__private::end_is_finite(
        __CHAINNER_MAX_1 as ::core::primitive::f64,
    );
    const _: () = ::chainner_sdk::__private::range_ascends(
        __CHAINNER_MIN_1 <= __CHAINNER_MAX_1,
    );
    const __CHAINNER_DEFAULT_1: <f32 as ::chainner_sdk::__private::DefaultInput>::Default = {
        let value: <f32 as ::chainner_sdk::__private::DefaultInput>::Default = 1.0;
        value
    };
    const _: () = ::chainner_sdk::__private::within_range(
        __CHAINNER_MIN_1 > __CHAINNER_MAX_1
            || __CHAINNER_DEFAULT_1 >= __CHAINNER_MIN_1
                && __CHAINNER_DEFAULT_1 <= __CHAINNER_MAX_1,
    );
    const _: &[::chainner_sdk::__private::OutputKind] = ::chainner_sdk::__private::returns::<
        Image,
    >()
        .kinds;
    const _: () = ::chainner_sdk::__private::outputs_fit(
        1usize,
        ::chainner_sdk::__private::returns::<Image>().kinds.len(),
    );
    const _: () = ::chainner_sdk::__private::output_key_fits(
        "same_as",
        ::chainner_sdk::__private::returns::<Image>().kinds,
        0usize,
    );
    const _: () = ::chainner_sdk::__private::same_as_fits(
        ::chainner_sdk::__private::returns::<Image>().kinds,
        0usize,
        ::chainner_sdk::__private::input::<ImageView<'_>>().kind,
    );
    const __CHAINNER_FEATURES: &[::chainner_sdk::__private::Feature] = &[];
    static __CHAINNER_INPUTS: [::chainner_sdk::__private::InputDecl; 2usize] = [
        {
            let input = ::chainner_sdk::__private::input::<ImageView<'_>>();
            ::chainner_sdk::__private::InputDecl {
                name: "image",
                id: 0u32,
                label: "Image",
                docs: "",
                kind: input.kind,
                optional: input.optional,
                declare: input.declare,
                item: input.item,
                options: ::chainner_sdk::__private::InputOptions {
                    ..::chainner_sdk::__private::InputOptions::EMPTY
                },
                when: ::core::option::Option::None,
                required_when: ::core::option::Option::None,
                optional_list: false,
                linked: ::core::option::Option::None,
                option_conditions: &[],
                place: ::chainner_sdk::__private::Place {
                    file: ::core::file!(),
                    line: ::core::line!(),
                    column: ::core::column!(),
                },
            }
        },
        {
            let input = ::chainner_sdk::__private::input::<f32>();
            ::chainner_sdk::__private::InputDecl {
                name: "gain",
                id: 1u32,
                label: "Gain",
                docs: "",
                kind: input.kind,
                optional: input.optional,
                declare: input.declare,
                item: input.item,
                options: ::chainner_sdk::__private::InputOptions {
                    default: ::core::option::Option::Some(|| <f32 as ::chainner_sdk::__private::DefaultInput>::default_value(
                        __CHAINNER_DEFAULT_1,
                    )),
                    min: ::core::option::Option::Some(
                        __CHAINNER_MIN_1 as ::core::primitive::f64,
                    ),
                    max: ::core::option::Option::Some(
                        __CHAINNER_MAX_1 as ::core::primitive::f64,
                    ),
                    slider: true,
                    ..::chainner_sdk::__private::InputOptions::EMPTY
                },
                when: ::core::option::Option::None,
                required_when: ::core::option::Option::None,
                optional_list: false,
                linked: ::core::option::Option::None,
                option_conditions: &[],
                place: ::chainner_sdk::__private::Place {
                    file: ::core::file!(),
                    line: ::core::line!(),
                    column: ::core::column!(),
                },
            }
        },
    ];
    static __CHAINNER_NODE: ::chainner_sdk::__private::NodeDecl = ::chainner_sdk::__private::NodeDecl {
        id: "film_lab:tone:gain",
        function: "gain",
        name: "Gain",
        docs: "Brightens.",
        icon: ::core::option::Option::None,
        group: __CHAINNER_GROUP,
        inputs: &__CHAINNER_INPUTS,
        outputs: ::chainner_sdk::__private::returns::<Image>().kinds,
        output_options: &[
            ::chainner_sdk::__private::OutputOptions {
                same_as: ::core::option::Option::Some(0u32),
                ..::chainner_sdk::__private::OutputOptions::EMPTY
            },
        ],
        iterated_outputs: ::chainner_sdk::__private::returns::<Image>().iterated,
        length: ::core::option::Option::None,
        see_also: &[],
        deprecated: false,
        side_effects: false,
        layout: ::core::option::Option::None,
        key_info: ::core::option::Option::None,
        suggestions: &[],
        features: __CHAINNER_FEATURES,
        limited_to_8bit: ::core::option::Option::None,
        #[allow(deprecated, reason = "the node exists as long as its function does")]
        run: |arguments| {
            ::chainner_sdk::__private::returns::<Image>()
                .values(
                    gain(
                        ::chainner_sdk::__private::input::<ImageView<'_>>()
                            .take(arguments, 0usize)?,
                        ::chainner_sdk::__private::input::<f32>()
                            .take(arguments, 1usize)?,
                    ),
                )
        },
        place: ::chainner_sdk::__private::Place {
            file: ::core::file!(),
            line: ::core::line!(),
            column: ::core::column!(),
        },
        package: ::core::env!("CARGO_PKG_NAME"),
    };
    ::chainner_sdk::__private::submit! {
        ::chainner_sdk::__private::NodeEntry(& __CHAINNER_NODE)
    }
    #[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
    const _: () = {
        #[cfg(rust_analyzer)]
        mod keys {
            use ::chainner_sdk::__private::ide::node::*;
            use self::{id as _, group as _};
        }
    };
    #[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
    const _: () = {
        #[cfg(rust_analyzer)]
        mod keys {
            use ::chainner_sdk::__private::ide::input::*;
            use self::{default as _, range as _, slider as _};
        }
    };
    #[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
    const _: () = {
        #[cfg(rust_analyzer)]
        mod keys {
            use ::chainner_sdk::__private::ide::output::*;
            use self::same_as as _;
        }
    };
};
