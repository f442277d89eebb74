fn frames(
    count: u32,
    names: Items<String>,
) -> Result<(Generator<Image>, DirPath), NodeError> {
    todo!()
}
#[doc(hidden)]
#[allow(non_upper_case_globals, reason = "named like the function")]
const __chainner_node_frames: () = {
    const __CHAINNER_GROUP: ::chainner_sdk::__private::Group = ROLL;
    const _: ::chainner_sdk::__private::Kind = ::chainner_sdk::__private::input::<u32>()
        .kind;
    const _: () = ::chainner_sdk::__private::items_fit(
        ::chainner_sdk::__private::input::<u32>().item.is_some(),
        ::chainner_sdk::__private::input::<u32>().kind,
    );
    const _: ::chainner_sdk::__private::Kind = ::chainner_sdk::__private::input::<
        Items<String>,
    >()
        .kind;
    const _: () = ::chainner_sdk::__private::items_fit(
        ::chainner_sdk::__private::input::<Items<String>>().item.is_some(),
        ::chainner_sdk::__private::input::<Items<String>>().kind,
    );
    const _: () = ::chainner_sdk::__private::key_fits(
        "items",
        ::chainner_sdk::__private::input::<Items<String>>().kind,
    );
    const _: () = ::chainner_sdk::__private::items_key_fits(
        ::chainner_sdk::__private::input::<Items<String>>().item.is_some(),
    );
    const _: () = ::chainner_sdk::__private::length_fits(
        ::chainner_sdk::__private::returns::<
            Result<(Generator<Image>, DirPath), NodeError>,
        >()
            .iterated,
    );
    const _: &[::chainner_sdk::__private::OutputKind] = ::chainner_sdk::__private::returns::<
        Result<(Generator<Image>, DirPath), NodeError>,
    >()
        .kinds;
    const _: () = ::chainner_sdk::__private::outputs_fit(
        1usize,
        ::chainner_sdk::__private::returns::<
            Result<(Generator<Image>, DirPath), NodeError>,
        >()
            .kinds
            .len(),
    );
    const _: () = ::chainner_sdk::__private::output_key_fits(
        "label",
        ::chainner_sdk::__private::returns::<
            Result<(Generator<Image>, DirPath), NodeError>,
        >()
            .kinds,
        0usize,
    );
    const _: () = ::chainner_sdk::__private::output_key_fits(
        "position",
        ::chainner_sdk::__private::returns::<
            Result<(Generator<Image>, DirPath), NodeError>,
        >()
            .kinds,
        0usize,
    );
    const _: () = ::chainner_sdk::__private::position_fits(
        &[::core::option::Option::Some(0u32)],
        0usize,
        ::chainner_sdk::__private::returns::<
            Result<(Generator<Image>, DirPath), NodeError>,
        >()
            .iterated,
    );
    const __CHAINNER_FEATURES: &[::chainner_sdk::__private::Feature] = &[];
    static __CHAINNER_INPUTS: [::chainner_sdk::__private::InputDecl; 2usize] = [
        {
            let input = ::chainner_sdk::__private::input::<u32>();
            ::chainner_sdk::__private::InputDecl {
                name: "count",
                id: 0u32,
                label: "Count",
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
            let input = ::chainner_sdk::__private::input::<Items<String>>();
            ::chainner_sdk::__private::InputDecl {
                name: "names",
                id: 1u32,
                label: "Names",
                docs: "",
                kind: input.kind,
                optional: input.optional,
                declare: input.declare,
                item: input.item,
                options: ::chainner_sdk::__private::InputOptions {
                    items: ::core::option::Option::Some(
                        ::chainner_sdk::__private::Navi::Text("Input0"),
                    ),
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
        id: "film_lab:roll:frames",
        function: "frames",
        name: "Frames",
        docs: "",
        icon: ::core::option::Option::None,
        group: __CHAINNER_GROUP,
        inputs: &__CHAINNER_INPUTS,
        outputs: ::chainner_sdk::__private::returns::<
            Result<(Generator<Image>, DirPath), NodeError>,
        >()
            .kinds,
        output_options: &[
            ::chainner_sdk::__private::OutputOptions {
                label: ::core::option::Option::Some("Folder"),
                position: ::core::option::Option::Some(0u32),
                ..::chainner_sdk::__private::OutputOptions::EMPTY
            },
        ],
        iterated_outputs: ::chainner_sdk::__private::returns::<
            Result<(Generator<Image>, DirPath), NodeError>,
        >()
            .iterated,
        length: ::core::option::Option::Some(
            ::chainner_sdk::__private::Navi::Text("Input0 * 2"),
        ),
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
            ::chainner_sdk::__private::returns::<
                Result<(Generator<Image>, DirPath), NodeError>,
            >()
                .values(
                    frames(
                        ::chainner_sdk::__private::input::<u32>()
                            .take(arguments, 0usize)?,
                        ::chainner_sdk::__private::input::<Items<String>>()
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
            use self::{id as _, group as _, length as _};
        }
    };
    #[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
    const _: () = {
        #[cfg(rust_analyzer)]
        mod keys {
            use ::chainner_sdk::__private::ide::input::*;
            use self::items as _;
        }
    };
    #[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
    const _: () = {
        #[cfg(rust_analyzer)]
        mod keys {
            use ::chainner_sdk::__private::ide::output::*;
            use self::{label as _, position as _};
        }
    };
};
