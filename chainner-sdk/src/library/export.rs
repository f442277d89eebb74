//! What `package!` exports from the compiled package: the one function that the tool calls, and the Python module.

/// Exports a package from the author's library. Written by `package!`.
#[doc(hidden)]
#[macro_export]
macro_rules! __export {
    ($package:path, $symbol:ident) => {
        #[doc(hidden)]
        #[unsafe(no_mangle)]
        pub extern "C" fn $symbol(
            request: &$crate::library::Request,
            respond: $crate::library::Respond,
            receiver: *mut ::core::ffi::c_void,
        ) {
            $crate::library::answer(&$package, request, respond, receiver)
        }
    };
}

/// Exports the Python module of a package; nothing unless the wheel is being built. Written by `package!`.
#[cfg(not(feature = "python"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __export_python {
    ($package:path) => {};
}

/// Exports the Python module of a package; nothing unless the wheel is being built. Written by `package!`.
#[cfg(feature = "python")]
#[doc(hidden)]
#[macro_export]
macro_rules! __export_python {
    ($package:path) => {
        #[doc(hidden)]
        #[unsafe(no_mangle)]
        #[allow(non_snake_case, reason = "Python fixes the name")]
        pub extern "C" fn PyInit__native() -> *mut ::core::ffi::c_void {
            $crate::__private::python::init(&$package)
        }
    };
}
