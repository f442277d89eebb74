//! Paths through all pixels of an image, from neighbour to neighbour, that stay near where they are for long: after D. Hilbert, *Ueber die
//! stetige Abbildung einer Linie auf ein Flächenstück* (Mathematische Annalen 38, 1891).

mod blocks;
mod gilbert;

/// Calls `visit(x, y)` for every pixel once.
pub fn walk(width: usize, height: usize, visit: &mut impl FnMut(usize, usize)) {
    if width > 0 && height > 0 && width.is_multiple_of(2) && height.is_multiple_of(2) {
        blocks::walk(width, height, visit);
    } else {
        gilbert::walk(width, height, visit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pixel_is_visited_once_from_neighbour_to_neighbour() {
        let sizes = (0..20).flat_map(|width| (0..20).map(move |height| (width, height)));
        for (width, height) in sizes.chain([(33, 17), (4, 30), (96, 128), (150, 66), (1080, 20)]) {
            let mut path = Vec::new();
            walk(width, height, &mut |x, y| path.push((x, y)));
            let far = path.windows(2).filter(|pair| pair[0].0.abs_diff(pair[1].0) + pair[0].1.abs_diff(pair[1].1) > 1);
            // Where a side is odd, a step may go to a corner.
            let corners = usize::from(width % 2 + height % 2 > 0);
            assert!(far.count() <= corners, "{width}x{height}");
            path.sort_unstable();
            path.dedup();
            assert_eq!(path.len(), width * height);
        }
    }
}
