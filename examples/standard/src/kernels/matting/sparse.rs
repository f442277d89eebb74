//! Equations of the pixels of an image with those up to two pixels around each.
//!
//! Solved by conjugate gradients (M. R. Hestenes, E. Stiefel, *Methods of Conjugate Gradients for Solving Linear Systems*, 1952), led by
//! an incomplete Cholesky factor of the same places (J. A. Meijerink, H. A. van der Vorst, *An Iterative Solution Method for Linear
//! Systems of Which the Coefficient Matrix is a Symmetric M-Matrix*, 1977), shifted where it breaks off (T. A. Manteuffel, 1980).

use chainner_sdk::parallel;

/// Neighbours of a pixel that come before it, in rows of up to five.
const NEIGHBORS: usize = 12;
/// Which neighbour of the later of two pixels of a 3×3 window the earlier one is.
pub(super) const LOWER: [[usize; 9]; 9] = {
    let mut slots = [[usize::MAX; 9]; 9];
    let mut a = 0;
    while a < 9 {
        let mut b = 0;
        while b < a {
            slots[a][b] = slot((b / 3) as isize - (a / 3) as isize, (b % 3) as isize - (a % 3) as isize);
            b += 1;
        }
        a += 1;
    }
    slots
};
/// Largest residual, as a share of the right side.
const TOLERANCE: f64 = 1e-7;
const MOST_ROUNDS: usize = 10_000;
/// Below this many equations one thread is enough.
const MANY: usize = 1 << 14;

/// The number of the neighbour so many rows and columns away.
const fn slot(dy: isize, dx: isize) -> usize {
    ((dy + 2) * 5 + dx + 2) as usize
}

/// Which place of a neighbour's own neighbours each neighbour is: for row i, its neighbour k, and the neighbour j of i that comes before k.
const SHARED: [[usize; NEIGHBORS]; NEIGHBORS] = {
    let mut shared = [[usize::MAX; NEIGHBORS]; NEIGHBORS];
    let mut k = 0;
    while k < NEIGHBORS {
        let mut j = 0;
        while j < k {
            let dy = (j / 5) as isize - (k / 5) as isize;
            let dx = (j % 5) as isize - (k % 5) as isize;
            if dy >= -2 && dx >= -2 && dx <= 2 && (dy < 0 || dx < 0) {
                shared[k][j] = slot(dy, dx);
            }
            j += 1;
        }
        k += 1;
    }
    shared
};

/// A symmetric matrix with a row for each of some pixels.
pub(super) struct Stencil {
    /// For each pixel its row.
    rows: Vec<u32>,
    diagonal: Vec<f64>,
    lower: Vec<[f64; NEIGHBORS]>,
    /// The rows of the neighbours; where there is none, the row itself, with a weight of 0.
    neighbors: Vec<[u32; NEIGHBORS]>,
}

impl Stencil {
    /// All zero, with a row for each pixel that is `wanted`.
    pub(super) fn new(wanted: &[bool], width: usize) -> Self {
        let mut rows = vec![u32::MAX; wanted.len()];
        let mut neighbors = Vec::new();
        for (i, _) in wanted.iter().enumerate().filter(|(_, wanted)| **wanted) {
            let own = neighbors.len() as u32;
            rows[i] = own;
            let (x, y) = ((i % width) as isize, (i / width) as isize);
            neighbors.push(std::array::from_fn(|k| {
                let (x, y) = (x + (k % 5) as isize - 2, y + (k / 5) as isize - 2);
                let inside = (0..width as isize).contains(&x) && y >= 0;
                let there = inside.then(|| rows[y as usize * width + x as usize]);
                there.filter(|&row| row != u32::MAX).unwrap_or(own)
            }));
        }
        let len = neighbors.len();
        Self { rows, diagonal: vec![0.0; len], lower: vec![[0.0; NEIGHBORS]; len], neighbors }
    }

    pub(super) fn len(&self) -> usize {
        self.diagonal.len()
    }

    /// The row of a pixel that was wanted.
    pub(super) fn row_of(&self, pixel: usize) -> usize {
        self.rows[pixel] as usize
    }

    pub(super) fn add_diagonal(&mut self, row: usize, value: f64) {
        self.diagonal[row] += value;
    }

    pub(super) fn add_lower(&mut self, row: usize, slot: usize, value: f64) {
        self.lower[row][slot] += value;
    }

    /// The solution for a right side; `None` if it is not found in many rounds.
    pub(super) fn solve(&self, right: &[f64]) -> Option<Vec<f64>> {
        let mut solution = vec![0.0; self.len()];
        let target = TOLERANCE * dot(right, right).sqrt();
        let mut residual = right.to_vec();
        if dot(&residual, &residual).sqrt() <= target {
            return Some(solution);
        }
        let factor = [0.0, 1e-4, 1e-3, 1e-2, 0.1, 0.5, 1.0].into_iter().find_map(|shift| Factor::new(self, shift))?;
        let mut led = factor.apply(self, &residual);
        let mut direction = led.clone();
        let mut strength = dot(&residual, &led);
        let mut product = vec![0.0; self.len()];
        for _ in 0..MOST_ROUNDS {
            self.multiply(&direction, &mut product);
            let step = strength / dot(&direction, &product);
            add(&mut solution, step, &direction);
            add(&mut residual, -step, &product);
            let size = dot(&residual, &residual).sqrt();
            if size <= target {
                return Some(solution);
            }
            if !size.is_finite() {
                return None;
            }
            led = factor.apply(self, &residual);
            let next = dot(&residual, &led);
            let keep = next / strength;
            strength = next;
            direction.iter_mut().zip(&led).for_each(|(direction, led)| *direction = led + keep * *direction);
        }
        None
    }

    fn multiply(&self, by: &[f64], to: &mut [f64]) {
        to.iter_mut().zip(&self.diagonal).zip(by).for_each(|((to, diagonal), by)| *to = diagonal * by);
        for (row, (weights, neighbors)) in self.lower.iter().zip(&self.neighbors).enumerate() {
            let own = by[row];
            let mut sum = 0.0;
            for (weight, &neighbor) in weights.iter().zip(neighbors) {
                let neighbor = neighbor as usize;
                sum += weight * by[neighbor];
                to[neighbor] += weight * own;
            }
            to[row] += sum;
        }
    }
}

/// L of A ≈ L·Lᵀ, in the places of A; diagonal inverted.
struct Factor {
    inverse: Vec<f64>,
    lower: Vec<[f64; NEIGHBORS]>,
}

impl Factor {
    /// `None` if it breaks off. The diagonal is raised by a share.
    fn new(matrix: &Stencil, shift: f64) -> Option<Self> {
        let mut inverse = vec![0.0; matrix.len()];
        let mut lower: Vec<[f64; NEIGHBORS]> = Vec::with_capacity(matrix.len());
        for row in 0..matrix.len() {
            let mut own = matrix.lower[row];
            let neighbors = &matrix.neighbors[row];
            let mut rest = matrix.diagonal[row] * (1.0 + shift);
            for k in 0..NEIGHBORS {
                let other = neighbors[k] as usize;
                if other == row {
                    own[k] = 0.0;
                    continue;
                }
                let there = &lower[other];
                let sum: f64 = (0..k)
                    .filter(|&j| SHARED[k][j] != usize::MAX && neighbors[j] as usize != row)
                    .map(|j| own[j] * there[SHARED[k][j]])
                    .sum();
                own[k] = (own[k] - sum) * inverse[other];
                rest -= own[k] * own[k];
            }
            if rest <= 1e-12 * matrix.diagonal[row] {
                return None;
            }
            inverse[row] = 1.0 / rest.sqrt();
            lower.push(own);
        }
        Some(Self { inverse, lower })
    }

    /// Solves L·Lᵀ·x = `right`.
    fn apply(&self, matrix: &Stencil, right: &[f64]) -> Vec<f64> {
        let mut x = right.to_vec();
        for row in 0..x.len() {
            // Where there is no neighbour, the weight is 0.
            let sum: f64 =
                self.lower[row].iter().zip(&matrix.neighbors[row]).map(|(weight, &k)| weight * x[k as usize]).sum();
            x[row] = (x[row] - sum) * self.inverse[row];
        }
        for row in (0..x.len()).rev() {
            x[row] *= self.inverse[row];
            let own = x[row];
            for (weight, &k) in self.lower[row].iter().zip(&matrix.neighbors[row]) {
                x[k as usize] -= weight * own;
            }
        }
        x
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    // Sums of blocks are added in their order, so that the result does not depend on who is ready first.
    let block = |(a, b): (&[f64], &[f64])| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    if a.len() < MANY {
        return block((a, b));
    }
    parallel::map_runs(a.len(), MANY / 4, |run| block((&a[run.clone()], &b[run]))).iter().sum()
}

fn add(to: &mut [f64], factor: f64, from: &[f64]) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to += factor * from);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solutions_solve_their_equations() {
        let (width, height) = (13, 9);
        // Some pixels have no row.
        let wanted: Vec<bool> = (0..width * height).map(|i| i % 7 != 3).collect();
        let mut matrix = Stencil::new(&wanted, width);
        for row in 0..matrix.len() {
            matrix.add_diagonal(row, 4.0 + (row % 5) as f64);
            for slot in 0..NEIGHBORS {
                if matrix.neighbors[row][slot] as usize != row {
                    matrix.add_lower(row, slot, -0.3 + 0.05 * ((row + slot) % 4) as f64);
                }
            }
        }
        let right: Vec<f64> = (0..matrix.len()).map(|i| (i as f64 * 0.7).sin()).collect();
        let solution = matrix.solve(&right).expect("a positive matrix");
        let mut product = vec![0.0; matrix.len()];
        matrix.multiply(&solution, &mut product);
        for (product, right) in product.iter().zip(&right) {
            assert!((product - right).abs() < 1e-5, "{product} {right}");
        }
    }
}
