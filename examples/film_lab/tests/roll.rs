//! Promises of the roll's file names.

use std::path::Path;

use chainner_sdk::prelude::*;
use film_lab::roll::roll;

#[test]
fn a_frame_is_filed_under_its_roll() {
    let archive = || DirPath("archive".into());
    let (directory, name, next) = roll(archive(), "Kyoto 3", None, 7);
    assert_eq!((&*directory, name.as_str(), next), (&*Path::new("archive").join("Kyoto 3"), "Kyoto 3 07", 8));
    let (_, name, _) = roll(archive(), "Kyoto 3", Some("Gate: dusk"), 36);
    assert_eq!(name, "Kyoto 3 36 Gate_ dusk");
    let (_, name, _) = roll(archive(), "Kyoto 3", Some("  "), 36);
    assert_eq!(name, "Kyoto 3 36");
}

#[test]
fn no_name_leaves_the_archive() {
    let (directory, name, _) = roll(DirPath("archive".into()), "../..", Some("/etc/passwd"), 1);
    assert_eq!(directory.parent(), Some(Path::new("archive")));
    assert!(!name.contains('/'));
}
