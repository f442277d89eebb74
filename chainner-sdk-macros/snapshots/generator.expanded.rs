fn frames(
    count: u32,
    names: Items<String>,
) -> Result<(Generator<Image>, DirPath), NodeError> {
    todo!()
}
#[doc(hidden)]
#[allow(non_upper_case_globals, reason = "named like the function")]
const __chainner_node_frames: () = {
    const __CHAINNER_CONTEXT: ::core::primitive::bool = ::chainner_sdk::__private::input::<
        u32,
    >()
        .context;
    const _: () = ::chainner_sdk::__private::context_stands_first(
        !::chainner_sdk::__private::input::<Items<String>>().context,
    );
    const __CHAINNER_GROUP: ::chainner_sdk::__private::Group = ROLL;
    const __CHAINNER_INPUT_0: ::chainner_sdk::__private::InputFacts = ::chainner_sdk::__private::input::<
        u32,
    >()
        .facts();
    const _: () = ::chainner_sdk::__private::items_fit(
        __CHAINNER_INPUT_0.item.is_some(),
        __CHAINNER_INPUT_0.kind,
    );
    const __CHAINNER_INPUT_1: ::chainner_sdk::__private::InputFacts = ::chainner_sdk::__private::input::<
        Items<String>,
    >()
        .facts();
    const _: () = ::chainner_sdk::__private::items_fit(
        __CHAINNER_INPUT_1.item.is_some(),
        __CHAINNER_INPUT_1.kind,
    );
    const _: () = ::chainner_sdk::__private::key_fits(
        "items",
        14319u32,
        __CHAINNER_INPUT_1.kind,
    );
    const _: () = ::chainner_sdk::__private::items_key_fits(
        __CHAINNER_INPUT_1.item.is_some(),
    );
    const __CHAINNER_RETURNED: ::chainner_sdk::__private::ReturnFacts = ::chainner_sdk::__private::returns::<
        Result<(Generator<Image>, DirPath), NodeError>,
    >()
        .facts();
    const _: () = ::chainner_sdk::__private::length_fits(__CHAINNER_RETURNED.iterated);
    const _: () = ::chainner_sdk::__private::outputs_fit(
        1usize,
        __CHAINNER_RETURNED.kinds.len(),
    );
    const _: () = ::chainner_sdk::__private::position_fits(
        &[::core::option::Option::Some(0u32)],
        0usize,
        __CHAINNER_RETURNED.iterated,
    );
    const __CHAINNER_FEATURES: &[::chainner_sdk::__private::Feature] = &[];
    const __CHAINNER_ARGUMENTS: &[::chainner_sdk::__private::InputDecl; 2usize] = &[
        ::chainner_sdk::__private::InputDecl {
            name: "count",
            id: 0u32,
            label: "Count",
            docs: "",
            kind: __CHAINNER_INPUT_0.kind,
            optional: __CHAINNER_INPUT_0.optional,
            declare: __CHAINNER_INPUT_0.declare,
            item: __CHAINNER_INPUT_0.item,
            lazy: __CHAINNER_INPUT_0.lazy,
            options: ::chainner_sdk::__private::InputOptions::EMPTY,
            when: ::core::option::Option::None,
            required_when: ::core::option::Option::None,
            optional_list: false,
            linked: ::core::option::Option::None,
            option_conditions: &[],
            place: ::chainner_sdk::__private::Place::here(),
        },
        ::chainner_sdk::__private::InputDecl {
            name: "names",
            id: if __CHAINNER_CONTEXT { 0u32 } else { 1u32 },
            label: "Names",
            docs: "",
            kind: __CHAINNER_INPUT_1.kind,
            optional: __CHAINNER_INPUT_1.optional,
            declare: __CHAINNER_INPUT_1.declare,
            item: __CHAINNER_INPUT_1.item,
            lazy: __CHAINNER_INPUT_1.lazy,
            options: ::chainner_sdk::__private::InputOptions {
                items: ::core::option::Option::Some(
                    if __CHAINNER_CONTEXT {
                        ::core::panic!("the context of the run is no input")
                    } else {
                        ::chainner_sdk::__private::Navi::Text("Input0")
                    },
                ),
                ..::chainner_sdk::__private::InputOptions::EMPTY
            },
            when: ::core::option::Option::None,
            required_when: ::core::option::Option::None,
            optional_list: false,
            linked: ::core::option::Option::None,
            option_conditions: &[],
            place: ::chainner_sdk::__private::Place::here(),
        },
    ];
    static __CHAINNER_NODE: ::chainner_sdk::__private::NodeDecl = ::chainner_sdk::__private::NodeDecl {
        id: "film_lab:roll:frames",
        function: "frames",
        name: "Frames",
        docs: "",
        icon: ::core::option::Option::None,
        group: __CHAINNER_GROUP,
        takes_context: __CHAINNER_CONTEXT,
        inputs: ::chainner_sdk::__private::inputs(
            __CHAINNER_CONTEXT,
            __CHAINNER_ARGUMENTS,
        ),
        outputs: __CHAINNER_RETURNED.kinds,
        output_options: &[
            ::chainner_sdk::__private::OutputOptions {
                label: ::core::option::Option::Some("Folder"),
                position: ::core::option::Option::Some(0u32),
                ..::chainner_sdk::__private::OutputOptions::EMPTY
            },
        ],
        iterated_outputs: __CHAINNER_RETURNED.iterated,
        length: ::core::option::Option::Some(
            if __CHAINNER_CONTEXT {
                ::core::panic!("the context of the run is no input")
            } else {
                ::chainner_sdk::__private::Navi::Text("Input0 * 2")
            },
        ),
        see_also: &[],
        replaces: ::core::option::Option::None,
        deprecated: false,
        side_effects: false,
        layout: ::core::option::Option::None,
        key_info: ::core::option::Option::None,
        suggestions: &[],
        features: __CHAINNER_FEATURES,
        limited_to_8bit: ::core::option::Option::None,
        #[allow(deprecated, reason = "the node exists as long as its function does")]
        run: |arguments| {
            ::chainner_sdk::__private::returns::<
                Result<(Generator<Image>, DirPath), NodeError>,
            >()
                .values(
                    frames(
                        ::chainner_sdk::__private::input::<u32>().take(arguments, 0)?,
                        ::chainner_sdk::__private::input::<Items<String>>()
                            .take(
                                arguments,
                                ::chainner_sdk::__private::input_index(
                                    __CHAINNER_CONTEXT,
                                    1usize,
                                ),
                            )?,
                    ),
                )
        },
        place: ::chainner_sdk::__private::Place::here(),
        package: ::core::env!("CARGO_PKG_NAME"),
    };
    ::chainner_sdk::__private::submit! {
        ::chainner_sdk::__private::NodeEntry(& __CHAINNER_NODE)
    }
    #[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
    const _: () = {
        #[cfg(rust_analyzer)]
        mod keys_0 {
            use ::chainner_sdk::__private::ide::node::*;
            use self::{id as _, group as _, length as _};
        }
        #[cfg(rust_analyzer)]
        mod keys_2 {
            use ::chainner_sdk::__private::ide::input::*;
            use self::items as _;
        }
        #[cfg(rust_analyzer)]
        mod keys_3 {
            use ::chainner_sdk::__private::ide::output::*;
            use self::{label as _, position as _};
        }
    };
};
