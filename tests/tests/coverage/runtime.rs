//! What the app knows of a node that its schema does not show: for each such feature the test that proves it, or why there is none.

use std::fs;

use system_tests::root;

/// What stands for a feature that the schema does not show.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Proof {
    /// A test, by its file and name.
    Test(&'static str, &'static str),
    /// Why it is not there.
    Reason(&'static str),
}

const CALLS: &str = "tests/python/probe/test_probe.py";
const SEQUENCES: &str = "tests/python/probe/test_sequences.py";
const HOST: &str = "python/tests/test_host.py";
const RUN: &str = "python/tests/test_context.py";

const ARRIVES: Proof = Proof::Test(CALLS, "test_values_arrive_as_the_app_would_pass_them");
const EMPTY: Proof = Proof::Test("chainner-sdk/tests/authoring/inputs.rs", "what_may_stay_empty_arrives_as_none");
const PATHS: Proof = Proof::Test(CALLS, "test_files_and_directories_have_to_be_there");
const SAME_OBJECT: Proof = Proof::Test(CALLS, "test_anything_passes_as_the_very_same_object");
const CLIPBOARD: Proof = Proof::Test(CALLS, "test_the_clipboard_takes_images_and_makes_text_of_all_else");
const HOSTS_CLASSES: Proof = Proof::Test(CALLS, "test_the_hosts_own_classes_are_understood");
const COMES_OUT: Proof = Proof::Test(CALLS, "test_everything_comes_out_as_pythons_own");

/// The proof of a feature: `option` and `value` as the checklist has them.
pub(crate) fn proof(kind: &str, option: &str, value: &str) -> Option<Proof> {
    let (class, python) = value.split_once(" -> ").unwrap_or((value, ""));
    let may_be_empty = python.ends_with("| None");
    Some(match (kind, option, class) {
        ("input", "class -> python type", _) if may_be_empty => EMPTY,
        ("input", "class -> python type", class) => match class {
            "FileInput" | "DirectoryInput" => PATHS,
            "ImageInput" | "TextInput" | "NumberInput" | "SliderInput" => ARRIVES,
            "EnumInput" | "DropDownInput" | "_BoolEnumInput" | "_BoolGenericInput" => ARRIVES,
            "ColorInput" | "SeedInput" => HOSTS_CLASSES,
            "RelativePathInput" | "ClipboardInput" | "StaticValueInput" => CLIPBOARD,
            "AnyNumberInput" => Proof::Test(SEQUENCES, "test_a_collector_takes_iterables"),
            // Objects of the app's own, which a node passes along.
            "AnyInput" | "BaseInput" | "AudioStreamInput" | "TensorRTEngineInput" => SAME_OBJECT,
            model if model.ends_with("ModelInput") => SAME_OBJECT,
            _ => return None,
        },
        ("output", "class -> python type", class) => match class {
            "ImageOutput" | "LargeImageOutput" | "NumberOutput" | "TextOutput" | "BoolOutput" => COMES_OUT,
            "ColorOutput" | "DirectoryOutput" | "SeedOutput" => {
                Proof::Test(HOST, "test_every_value_leaves_a_native_node_as_the_app_expects")
            }
            "AnyOutput" | "BaseOutput" | "AudioStreamOutput" | "TensorRTEngineOutput" => SAME_OBJECT,
            model if model.ends_with("ModelOutput") => SAME_OBJECT,
            _ => return None,
        },
        ("input", "image channels" | "allow_colors", _) => {
            Proof::Test("chainner-sdk/src/enforce/image.rs", "channels_and_colours_are_accepted_as_declared")
        }
        ("input", "must_exist", _) => {
            Proof::Test("chainner-sdk/src/enforce/path.rs", "files_and_directories_have_to_be_there_and_of_their_sort")
        }
        ("output", "image channels", _) => {
            Proof::Test("chainner-sdk/tests/authoring/sequences.rs", "items_leave_enforced")
        }
        // Every image of ours leaves within 0..1.
        ("output", "assume_normalized", _) => {
            Proof::Test("chainner-sdk/src/image/owned.rs", "changed_samples_are_clamped_when_returned")
        }
        ("output", "broadcasts", "type+data") => Proof::Test(HOST, "test_images_are_frozen_broadcast_and_shown"),
        ("output", "broadcasts", "type+-") => Proof::Test(HOST, "test_broadcasts_carry_types_of_all_kinds"),
        ("output", "broadcasts", "-+-") => {
            Proof::Test("python/tests/test_values.py", "test_values_that_say_nothing_new_have_no_broadcast_type")
        }
        // As many arguments as there are inputs, each with its name.
        ("node", "varargs", _) => {
            Proof::Test("cargo-chainner/tests/port.rs", "nodes_of_the_app_come_back_as_they_were")
        }
        ("node", "decorated", _) => {
            Proof::Reason("what a Python decorator adds, such as a cache, a function in Rust has inside")
        }
        ("input", "lazy", _) => Proof::Test(RUN, "test_what_a_node_does_not_ask_for_is_not_worked_out"),
        ("node", "nodeContext", _) => Proof::Test(RUN, "test_progress_is_shown"),
        ("node", "itemTypes", _) => Proof::Test("python/tests/test_sequences.py", "test_item_types_are_broadcast"),
        _ => return None,
    })
}

/// Whether the test is there.
pub(crate) fn exists(file: &str, name: &str) -> bool {
    let text = fs::read_to_string(root().join(file)).unwrap_or_default();
    text.contains(&format!("fn {name}(")) || text.contains(&format!("def {name}("))
}
