//! The generalized Hilbert curve of J. Červený (*gilbert*, 2018), for any sides.

/// Calls `visit(x, y)` for every pixel once.
pub(super) fn walk(width: usize, height: usize, visit: &mut impl FnMut(usize, usize)) {
    let (width, height) = (width as isize, height as isize);
    if width == 0 || height == 0 {
        return;
    }
    if width >= height {
        part([0, 0], [width, 0], [0, height], visit);
    } else {
        part([0, 0], [0, height], [width, 0], visit);
    }
}

type Vector = [isize; 2];

fn plus(a: Vector, b: Vector) -> Vector {
    [a[0] + b[0], a[1] + b[1]]
}

fn minus(a: Vector, b: Vector) -> Vector {
    [a[0] - b[0], a[1] - b[1]]
}

fn half(a: Vector) -> Vector {
    [a[0] / 2, a[1] / 2]
}

fn len(a: Vector) -> isize {
    (a[0] + a[1]).abs()
}

fn step(a: Vector) -> Vector {
    [a[0].signum(), a[1].signum()]
}

/// The rectangle at `start` that goes on `along`, and `across` of it.
fn part(start: Vector, along: Vector, across: Vector, visit: &mut impl FnMut(usize, usize)) {
    let line = |direction: Vector, visit: &mut dyn FnMut(usize, usize)| {
        let mut at = start;
        for _ in 0..len(direction) {
            visit(at[0] as usize, at[1] as usize);
            at = plus(at, step(direction));
        }
    };
    if len(across) == 1 {
        return line(along, visit);
    }
    if len(along) == 1 {
        return line(across, visit);
    }
    let even =
        |half: Vector, whole: Vector| if len(half) % 2 == 1 && len(whole) > 2 { plus(half, step(whole)) } else { half };
    if 2 * len(along) > 3 * len(across) {
        let first = even(half(along), along);
        part(start, first, across, visit);
        part(plus(start, first), minus(along, first), across, visit);
    } else {
        let (first, beside) = (even(half(across), across), half(along));
        part(start, first, beside, visit);
        part(plus(start, first), along, minus(across, first), visit);
        let end = plus(plus(start, minus(along, step(along))), minus(first, step(first)));
        part(end, minus([0, 0], first), minus(beside, along), visit);
    }
}
