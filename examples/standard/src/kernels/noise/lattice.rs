//! Random numbers at the corners of a lattice.
//!
//! A shuffled table, looked up once for each axis: K. Perlin, *An Image Synthesizer* (SIGGRAPH 1985).

use crate::kernels::random::Generator;

/// A random number for each corner of a lattice of any number of axes.
#[derive(Debug, Clone)]
pub struct Lattice {
    table: Vec<u32>,
    /// The number of each entry of the table.
    numbers: Vec<u32>,
}

impl Lattice {
    /// Numbers of 0..`kinds`, each equally often.
    pub fn new(kinds: u32, seed: u64) -> Self {
        let table = Generator::new(seed).permutation(16 * kinds);
        Self { numbers: table.iter().map(|entry| entry % kinds).collect(), table }
    }

    /// The number of a corner.
    #[inline(always)]
    pub fn at<const N: usize>(&self, corner: [i32; N]) -> usize {
        let mut entry = 0;
        for axis in (1..N).rev() {
            entry = self.table[self.wrap(corner[axis].wrapping_add(entry))] as i32;
        }
        self.numbers[self.wrap(corner[0].wrapping_add(entry))] as usize
    }

    #[inline(always)]
    fn wrap(&self, place: i32) -> usize {
        let len = self.table.len();
        // Without a division where there can be.
        if len.is_power_of_two() { place as usize & (len - 1) } else { place.rem_euclid(len as i32) as usize }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_equally_frequent_and_repeat_with_the_table() {
        let lattice = Lattice::new(16, 5);
        let mut seen = [0; 16];
        for y in 0..256 {
            for x in 0..256 {
                seen[lattice.at([x, y])] += 1;
                assert_eq!(lattice.at([x, y]), lattice.at([x - 256, y + 256]));
            }
        }
        assert_eq!(seen, [4096; 16]);
    }
}
