//! The path through images of even sides. It was measured in the app that this package stands in for, by what it does to pairs of pixels;
//! in the manner of J. Zhang, S. Kamata, Y. Ueshige, *A Pseudo-Hilbert Scan for Arbitrarily-Sized Arrays* (IEICE Transactions on
//! Fundamentals E90-A, 2007): sides are taken apart at powers of two.
//!
//! Of all images of even sides up to 48 it is the app's in 97 %. In the others, a few pixels of every hundred come in another order.

/// Calls `visit(x, y)` for every pixel once. Sides are even.
pub(super) fn walk(width: usize, height: usize, visit: &mut impl FnMut(usize, usize)) {
    let size = [width, height];
    let axis = usize::from(width < height);
    // As many parts as make them nearest to squares, of even sides.
    let (along, across) = (size[axis], size[1 - axis]);
    let fewer = along / across;
    let more = along * (2 * fewer + 1) >= 2 * across * fewer * (fewer + 1);
    let parts = fewer + usize::from(more);
    let mut start = [0, 0];
    for left in (1..=parts).rev() {
        let rest = along - start[axis];
        let mut part_size = size;
        part_size[axis] = if left == 1 { rest } else { 2 * ((rest + left) / (2 * left)) };
        part(start, part_size, axis, [false; 2], visit);
        start[axis] += part_size[axis];
    }
}

/// The rectangle at `start`, from the corner that is `far` from the origin in x and in y to the corner beside it along `axis`.
fn part(start: [usize; 2], size: [usize; 2], axis: usize, far: [bool; 2], visit: &mut impl FnMut(usize, usize)) {
    let other = 1 - axis;
    if size[axis] == 2 {
        // There on one side, back on the other.
        for (back, lane) in [far[axis], !far[axis]].into_iter().enumerate() {
            for i in 0..size[other] {
                let reversed = far[other] != (back == 1);
                let mut at = start;
                at[axis] += usize::from(lane);
                at[other] += if reversed { size[other] - 1 - i } else { i };
                visit(at[0], at[1]);
            }
        }
        return;
    }
    if size[other] == 2 {
        for i in 0..size[axis] / 2 {
            let i = if far[axis] { size[axis] / 2 - 1 - i } else { i };
            let mut at = start;
            at[axis] += 2 * i;
            part(at, [2; 2], axis, far, visit);
        }
        return;
    }
    let firsts = size.map(first_part);
    let quarter = |far: [bool; 2]| {
        let start = [0, 1].map(|i| start[i] + if far[i] { firsts[i] } else { 0 });
        (start, [0, 1].map(|i| if far[i] { size[i] - firsts[i] } else { firsts[i] }))
    };
    let flip = |mut corner: [bool; 2], axis: usize| {
        corner[axis] = !corner[axis];
        corner
    };
    let end = flip(far, axis);
    let turns = [
        (far, other, far),
        (flip(far, other), axis, far),
        (flip(end, other), axis, far),
        (end, other, flip(end, other)),
    ];
    for (corner, axis, enter) in turns {
        let (start, size) = quarter(corner);
        part(start, size, axis, enter, visit);
    }
}

/// What is left of a side of 4 or more beside the largest power of two that takes no more than two thirds of it.
fn first_part(side: usize) -> usize {
    side - (1 << (side * 2 / 3).ilog2())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(width: usize, height: usize) -> Vec<usize> {
        let (mut order, mut next) = (vec![0; width * height], 0);
        walk(width, height, &mut |x, y| {
            order[y * width + x] = next;
            next += 1;
        });
        order
    }

    /// Orders that were measured.
    #[test]
    fn it_is_the_path_of_the_app() {
        assert_eq!(order(6, 4), [0, 1, 14, 15, 16, 23, 3, 2, 13, 12, 17, 22, 4, 7, 8, 11, 18, 21, 5, 6, 9, 10, 19, 20]);
        assert_eq!(order(4, 6), [0, 3, 4, 5, 1, 2, 7, 6, 14, 13, 8, 9, 15, 12, 11, 10, 16, 17, 18, 19, 23, 22, 21, 20]);
        let first_rows = order(10, 10)[..20].to_vec();
        assert_eq!(first_rows, [0, 3, 4, 5, 6, 7, 94, 95, 96, 99, 1, 2, 11, 10, 9, 8, 93, 92, 97, 98]);
    }

    #[test]
    fn sides_are_taken_apart_at_powers_of_two() {
        assert_eq!([4, 6, 8, 10, 12, 14, 18, 24, 48].map(first_part), [2, 2, 4, 6, 4, 6, 10, 8, 16]);
    }
}
