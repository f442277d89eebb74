//! Files that are read, and directories of them.

use chainner_sdk::prelude::*;

use crate::LIGHT;

use super::assert_mirrors;

#[node(id = "film_lab:host:load_image", group = LIGHT, icon = "BsFillImageFill", side_effects)]
#[output(kind = large_image, suggest)]
#[output(of = image_file)]
#[output(label = "Name", of = image_file)]
fn load_image(
    #[input(filetypes = [".png"], file_kind = "image", primary)] image_file: FilePath,
) -> Result<(Image, DirPath, String), NodeError> {
    Err(NodeError::new("only declared"))
}

#[node(id = "film_lab:host:load_images", group = LIGHT, icon = "BsImages", side_effects)]
fn load_images(
    directory: DirPath,
    #[input(label = "Use WCMatch glob expression")] by_pattern: bool,
    #[input(default = true, when(by_pattern == false))] recursive: bool,
    #[input(label = "WCMatch Glob expression", default = "**/*", when(by_pattern))] pattern: String,
    #[input(label = "Use limit")] limited: bool,
    #[input(range = 1.., default = 10, when(limited))] limit: u32,
    #[input(label = "Stop on first error", hint)] stop: bool,
) {
}

#[test]
fn files_are_declared_as_the_app_has_them() {
    assert_mirrors("load_image", "chainner:image:load", &["inputs/0/filetypes"]);
    // Its outputs are a sequence.
    let sequences = ["kind", "outputs", "iteratorOutputs"];
    assert_mirrors("load_images", "chainner:image:load_images", &sequences);
}
