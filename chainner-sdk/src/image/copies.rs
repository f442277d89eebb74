//! How many images were copied: what a measurement tells of a call.
//!
//! Counted are copies that the SDK makes: for arguments that own their image, and by `to_image`, `clone`, `copy_of` and
//! `from_samples`. What a function copies out of a view by its own means is not seen.

use std::sync::atomic::{AtomicU64, Ordering};

static COPIES: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);

/// Copies that this process has made so far, and their bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Copies {
    pub(crate) count: u64,
    pub(crate) bytes: u64,
}

/// Notes a copy of so many bytes.
pub(super) fn count(bytes: usize) {
    COPIES.fetch_add(1, Ordering::Relaxed);
    BYTES.fetch_add(bytes as u64, Ordering::Relaxed);
}

/// The copies so far.
pub(crate) fn so_far() -> Copies {
    Copies { count: COPIES.load(Ordering::Relaxed), bytes: BYTES.load(Ordering::Relaxed) }
}

impl Copies {
    /// The copies since an earlier moment.
    pub(crate) fn since(self, earlier: Self) -> Self {
        Self { count: self.count - earlier.count, bytes: self.bytes - earlier.bytes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::Image;

    #[test]
    fn copies_of_images_are_counted() {
        let image = Image::new(5, 7, 3);
        let before = so_far();
        let copies = [image.clone(), image.view().to_image()];
        let made = so_far().since(before);
        // Other tests of the process copy, too.
        assert!(made.count >= copies.len() as u64, "{made:?}");
        assert!(made.bytes >= 2 * 5 * 7 * 3 * 4, "{made:?}");
    }
}
