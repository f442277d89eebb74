const _: () = {
    const __CHAINNER_CATEGORIES: &[::chainner_sdk::__private::Category] = &[FILM];
    const __CHAINNER_GROUPS: &[::chainner_sdk::__private::Group] = &[];
    const __CHAINNER_FEATURES: &[::chainner_sdk::__private::Feature] = &[];
    const __CHAINNER_SETTINGS: &[::chainner_sdk::__private::SettingDecl] = &[];
    const _: ::core::primitive::u64 = 16_000_000;
    static __CHAINNER_PACKAGE: ::chainner_sdk::__private::PackageDecl = ::chainner_sdk::__private::PackageDecl {
        id: "chainner_sdk_macros",
        name: "Film Lab",
        description: "Film grain.",
        icon: "BsQuestionCircleFill",
        color: "#777777",
        categories: __CHAINNER_CATEGORIES,
        groups: __CHAINNER_GROUPS,
        dependencies: &[
            ::chainner_sdk::__private::Dependency {
                name: "ONNX",
                pypi: "onnx",
                version: "1.17.0",
                size: 16_000_000,
                auto_update: true,
                find_link: ::core::option::Option::None,
            },
        ],
        features: __CHAINNER_FEATURES,
        settings: __CHAINNER_SETTINGS,
        disabled: ::core::option::Option::None,
        replaces: ::core::option::Option::None,
        place: ::chainner_sdk::__private::Place::here(),
        package: ::core::env!("CARGO_PKG_NAME"),
    };
    ::chainner_sdk::__private::submit! {
        ::chainner_sdk::__private::PackageEntry(& __CHAINNER_PACKAGE)
    }
    ::chainner_sdk::__private::export! {
        __CHAINNER_PACKAGE, chainner_package_chainner_sdk_macros
    }
};
