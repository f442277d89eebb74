//! Mistakes that only show when the whole package is there.

use std::ffi::c_void;

use chainner_sdk::{
    library::{ABI_VERSION, Answer, Ask, Description, FailureKind, Request, Response},
    prelude::*,
};

use crate::LIGHT;

const UNLISTED: Feature = Feature::new("film_lab_projector", "Projector", "A projector.", FeatureState::enabled);

#[node(id = "film_lab:faults:project", group = LIGHT, features = [UNLISTED])]
fn project() {}

unsafe extern "C" {
    pub(crate) fn chainner_package_chainner_sdk(
        request: &Request,
        respond: extern "C" fn(*mut c_void, &Response),
        receiver: *mut c_void,
    );
}

/// What the library of these tests says of itself.
fn described() -> Description {
    match asked(ABI_VERSION) {
        Answer::Description(description) => *description,
        other => panic!("{other:?}"),
    }
}

/// What the library answers to a tool of this version.
fn asked(version: u32) -> Answer {
    extern "C" fn respond(receiver: *mut c_void, response: &Response) {
        // SAFETY: the receiver is the text below, and the answer's pointer is valid while this runs.
        unsafe {
            let text = &mut *receiver.cast::<Vec<u8>>();
            text.extend_from_slice(std::slice::from_raw_parts(response.json, response.json_len));
        }
    }
    let json = serde_json::to_vec(&Ask::Describe).expect("a question is JSON");
    let request = Request {
        version,
        json: json.as_ptr(),
        json_len: json.len(),
        images: std::ptr::null(),
        image_count: 0,
        attendant: std::ptr::null(),
        conveyor: std::ptr::null(),
    };
    let mut text: Vec<u8> = Vec::new();
    // SAFETY: `package!` exports this function with this signature; all pointers live for the call.
    unsafe { chainner_package_chainner_sdk(&request, respond, (&raw mut text).cast()) };
    serde_json::from_slice(&text).expect("the answer is JSON")
}

#[test]
fn another_version_is_told_with_the_side_to_upgrade() {
    for (version, side) in
        [(ABI_VERSION - 1, "upgrade cargo-chainner"), (ABI_VERSION + 1, "upgrade the package's chainner-sdk")]
    {
        let Answer::Failure { kind: FailureKind::Version, message } = asked(version) else { panic!("it answers") };
        assert!(message.contains(side), "{message}");
    }
}

#[test]
fn types_that_no_input_brings_and_features_that_are_not_listed_are_faults() {
    let faults = described().faults;
    let of = |code: &str| -> Vec<&str> {
        faults.iter().filter(|fault| fault.code == code).map(|fault| fault.message.as_str()).collect()
    };
    assert_eq!(
        of("CH0167"),
        ["the app never learns of the type `acme::Mesh` that node `film_lab:objects:make_mesh` returns"]
    );
    assert_eq!(
        of("CH0160"),
        ["node `film_lab:faults:project` needs the feature `film_lab_projector`, which `package!` does not list"]
    );
}
