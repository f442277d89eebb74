//! What the node writes is read back. `testing` calls it as the app does, which refuses what
//! the declaration does.

use std::{env, fs, process};

use chainner_sdk::{prelude::*, testing};

use {{module}}::save_pfm;

/// A directory of its own for a test.
fn directory(name: &str) -> DirPath {
    let directory = env::temp_dir().join(format!("{{module}}-{}-{name}", process::id()));
    fs::create_dir_all(&directory).expect("a directory can be made");
    DirPath(directory)
}

#[test]
fn rows_stand_from_the_bottom_up_in_rgb() {
    let directory = directory("rows");
    let image = Image::from_pixels(1, 2, |_, y| Bgr {
        b: 0.0,
        g: 0.5,
        r: y as f32,
    });
    save_pfm(image.view(), directory.clone(), "image").expect("written");
    let bytes = fs::read(directory.join("image.pfm")).expect("there");
    let header = b"PF\n1 2\n-1.0\n";
    assert!(bytes.starts_with(header));
    let samples: Vec<f32> = bytes[header.len()..]
        .as_chunks()
        .0
        .iter()
        .map(|bytes| f32::from_le_bytes(*bytes))
        .collect();
    assert_eq!(samples, [1.0, 0.5, 0.0, 0.0, 0.5, 0.0]);
    fs::remove_dir_all(directory).expect("removed");
}

#[test]
fn a_failure_leaves_nothing_behind() {
    let directory = directory("failure");
    fs::create_dir(directory.join("taken.pfm")).expect("made");
    let failure = save_pfm(Image::new(2, 2, 1).view(), directory.clone(), "taken")
        .expect_err("a directory is there");
    assert!(failure.to_string().contains("taken.pfm"));
    assert_eq!(fs::read_dir(&directory).expect("there").count(), 1);
    fs::remove_dir_all(directory).expect("removed");
}

#[test]
fn a_file_needs_a_name() {
    let (directory, image) = (directory("names"), Image::new(2, 2, 1));
    let save = |name| {
        let node = testing::node("save_pfm").set("image", &image);
        node.set("directory", directory.clone())
            .set("name", name)
            .try_call()
    };
    assert!(save("").is_err());
    assert_eq!(fs::read_dir(&directory).expect("there").count(), 0);
    save("a b").expect("written");
    fs::remove_dir_all(directory).expect("removed");
}
